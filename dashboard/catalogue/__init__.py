"""What the numbers mean: indicators, units, areas, periods, topics, and where they stand."""
