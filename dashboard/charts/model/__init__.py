"""The values of which a chart consists, and what decides its shape."""
