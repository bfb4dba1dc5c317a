"""Records: typed facts that code reads from sources, verifies, compares, counts and shows."""
