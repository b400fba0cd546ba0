"""The page of best customers."""
