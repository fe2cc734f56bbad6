"""Consistency rules check the figures of a sheet."""
