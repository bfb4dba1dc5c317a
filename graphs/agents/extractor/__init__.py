"""Reads records out of sources and verifies them."""
