"""Warns of drafts that state no date."""
