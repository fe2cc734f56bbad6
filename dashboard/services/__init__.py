"""Use cases behind every page, command and request."""
