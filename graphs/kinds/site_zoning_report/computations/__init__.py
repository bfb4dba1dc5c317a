"""Zoning: what a code requires of a site, what the site is, and how the two compare."""
