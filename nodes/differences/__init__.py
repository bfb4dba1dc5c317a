"""Where sources differ: the same quantity with another value, which of the values counts, and what is said of it."""
