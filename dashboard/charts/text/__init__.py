"""Sentences, labels and notes are written by rules from figures."""
