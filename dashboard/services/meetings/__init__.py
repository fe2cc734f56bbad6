"""Meetings: agendas, their slides, and the questions asked there."""
