"""Statistical disclosure control: small counts are hidden in everything that is exported."""
