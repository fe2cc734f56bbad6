"""Cards, tiles, tables and lists of figures."""
