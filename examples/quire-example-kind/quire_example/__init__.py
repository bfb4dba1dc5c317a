"""Reports on visits of sites: an example of what a package may add to Quire."""
