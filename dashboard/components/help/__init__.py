"""The help pages, the tour and the keyboard shortcuts."""
