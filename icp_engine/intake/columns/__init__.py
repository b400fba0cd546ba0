"""What a column is: its type, its role, its meaning."""
