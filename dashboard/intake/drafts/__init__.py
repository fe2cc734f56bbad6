"""Drafts of work reports: read as text, their figures understood, checked against themselves."""
