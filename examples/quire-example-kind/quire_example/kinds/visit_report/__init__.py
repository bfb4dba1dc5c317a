"""A report on visits."""
