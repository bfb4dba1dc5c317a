"""Turns a request into planned sections, or says why it cannot."""
