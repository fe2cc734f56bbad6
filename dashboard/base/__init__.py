"""What everything may use: words, settings, background jobs, vendored files."""
