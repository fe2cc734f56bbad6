"""The pages. Dash reads these files itself; nothing imports them."""
