"""What a person may settle, and what would help."""
