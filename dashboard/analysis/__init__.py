"""What follows from figures: derived points, comparisons, roll-ups. Pure functions, no store."""
