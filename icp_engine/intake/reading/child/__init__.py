"""Parsing in a process of its own: what a hostile file does there ends with it."""
