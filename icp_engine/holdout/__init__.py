"""Accounts set aside before anything is derived."""
