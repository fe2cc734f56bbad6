"""A file becomes sheets of cells, and a sheet becomes figures with their meaning."""
