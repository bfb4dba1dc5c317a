"""Holds a draft against the blueprint's rules."""
