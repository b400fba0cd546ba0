"""Who knew the outcome: headers that speak of the sale itself, of who sold, and values that name people."""
