"""The page of weights."""
