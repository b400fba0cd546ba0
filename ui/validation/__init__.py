"""The page of proof."""
