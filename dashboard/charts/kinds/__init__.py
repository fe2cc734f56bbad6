"""Builds the charts of each kind from points."""
