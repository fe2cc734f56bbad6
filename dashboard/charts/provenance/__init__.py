"""A figure's page says where the figure comes from and which versions it had."""
