"""What the data page says, a file a tab."""
