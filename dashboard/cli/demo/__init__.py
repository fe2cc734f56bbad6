"""The demo district's files are made here; every figure in them is invented and marked."""
