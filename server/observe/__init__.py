"""Logs, metrics and traces: what happens to runs, for those who operate them."""
