"""A report on whatever its sources tell."""
