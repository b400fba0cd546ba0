"""Whose key a column holds: spellings of ids, keys by containment, what one table lends another."""
