"""Routes, headers and marks of the server itself."""
