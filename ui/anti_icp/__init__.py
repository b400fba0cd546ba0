"""The page of customers to avoid."""
