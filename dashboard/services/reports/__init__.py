"""Reports, meetings and receipts."""
