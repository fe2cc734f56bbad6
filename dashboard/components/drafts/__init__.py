"""Drafts of work reports: chosen or pasted, shown with marks, findings accepted."""
