"""Finds the passages a section can build on and quotes them."""
