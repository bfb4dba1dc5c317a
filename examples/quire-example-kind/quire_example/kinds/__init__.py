"""Kinds of document, a folder each."""
