"""Each file format is read into cells as a person sees them."""
