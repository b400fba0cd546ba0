"""What if the weights were others: steps, tuning, other criteria; derivation accounts only."""
