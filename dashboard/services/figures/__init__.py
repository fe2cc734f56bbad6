"""Figures, comparisons, scorecards and their provenance."""
