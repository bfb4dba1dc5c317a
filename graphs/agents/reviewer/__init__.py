"""Reads a draft as a reader would and names its faults."""
