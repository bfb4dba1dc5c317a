"""A report on the zoning of a site."""
