"""What a stranger with a link sees: a study's pages as one page without scripts, and how it is
written.
"""
