"""Logs, metrics and traces: what happens to runs, for whoever operates them."""
