"""What arrives: a file's sheets as cells, what they speak of, and the figures in them."""
