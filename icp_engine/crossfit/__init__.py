"""Scores that did not see the account, rivals on the same deals, past quarters."""
