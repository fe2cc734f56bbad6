"""Submissions: upload, preview, questions, receipts, locks, withdrawals."""
