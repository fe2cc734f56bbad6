"""Renders a finished chart as a plotly figure, written as a plain dict."""
