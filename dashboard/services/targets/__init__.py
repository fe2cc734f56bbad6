"""Targets: their register, editing, division and progress."""
