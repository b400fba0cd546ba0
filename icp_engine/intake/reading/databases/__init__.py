"""Tables of a database that the operator configured, read as files are: listed, sampled, then read
within limits.
"""
