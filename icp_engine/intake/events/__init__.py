"""Rows of events → summaries of accounts."""
