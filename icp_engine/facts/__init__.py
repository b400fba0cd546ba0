"""What was understood of the files, and what only a person can settle."""
