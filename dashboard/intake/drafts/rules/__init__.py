"""What a draft is checked for, one module a subject."""
