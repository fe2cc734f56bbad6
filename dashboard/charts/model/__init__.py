"""Defines the values of which a chart and a report consist."""
