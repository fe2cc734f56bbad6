"""Builds the page of a figure: where it comes from and which versions it had."""
