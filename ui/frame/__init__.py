"""What stands around every page: shell, cards, charts, progress."""
