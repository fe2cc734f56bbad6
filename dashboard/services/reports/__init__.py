"""Reports, decks, receipts and refreshed files."""
