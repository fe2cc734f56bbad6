"""What the reader does. A callback reads, calls and returns; it decides nothing."""
