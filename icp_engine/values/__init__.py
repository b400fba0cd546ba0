"""One column's raw text → clean values by a rule. Knows no settings and no tables."""
