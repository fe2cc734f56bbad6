"""Targets: their list, pages, dialogs and plans."""
