"""A finished chart becomes a plotly figure, written as a plain dict."""
