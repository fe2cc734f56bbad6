"""The board of who has handed in what."""
