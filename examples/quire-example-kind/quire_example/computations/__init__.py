"""Computations, a module each: `compute: example.visits` is `visits.py`."""
