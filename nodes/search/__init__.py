"""Finding the passages that speak of a question."""
