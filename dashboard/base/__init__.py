"""The lowest floor holds what everything may use: words, settings, background jobs, vendored files."""
