"""Each layout of a table is read by one module."""
