"""Words that stand in dates and amounts: months, quarters, currencies, thousands."""
