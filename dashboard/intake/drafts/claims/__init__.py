"""Judges what a sentence states of its own figures: by roles, whatever the order of its words."""
