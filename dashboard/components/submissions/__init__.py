"""Handing in: upload, preview, questions, receipts, locks, withdrawals."""
