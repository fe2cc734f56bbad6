"""Writes sentences, labels and notes from figures by rules."""
