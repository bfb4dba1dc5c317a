"""Drafts a section: computes what can be computed, words the rest, binds each claim to its evidence."""
