"""What is seen: the parts of a page, drawn from Charts, Tiles and Boards. Nothing is computed."""
