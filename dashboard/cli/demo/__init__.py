"""Writes the demo district's files; every figure in them is invented and marked."""
