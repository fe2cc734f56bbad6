"""Composing, printing and reopening reports."""
