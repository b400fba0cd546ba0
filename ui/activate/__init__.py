"""The page of deals and lists."""
