"""Reads the whole document once every section has closed, and reopens what contradicts or repeats."""
