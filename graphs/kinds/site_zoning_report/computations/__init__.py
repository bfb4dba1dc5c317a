"""The sections of a site and zoning report, a module for each."""
