"""What leaves: files made from finished charts and figures."""
