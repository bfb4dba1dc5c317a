"""Puts the finished sections together into one document."""
