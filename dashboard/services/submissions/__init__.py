"""Submissions, completeness, consistency, withdrawals and locks."""
