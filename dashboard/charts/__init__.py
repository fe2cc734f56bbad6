"""Builds a finished Chart from points; renderers write it down and decide nothing."""
