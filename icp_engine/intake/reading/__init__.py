"""Bytes → raw tables."""
