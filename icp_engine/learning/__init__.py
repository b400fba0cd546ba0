"""How a rubric is learned from a `Derivation`, which cannot hold a held-out account."""
