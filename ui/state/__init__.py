"""The open study, the visit, and what a page keeps between runs."""
