"""Evidence of columns from what stands in their values: each witness a module."""
