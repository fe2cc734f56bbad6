"""Where the reader goes. Dash reads these files itself; nothing imports them."""
