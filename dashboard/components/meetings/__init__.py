"""Agendas and the full-screen presentation."""
