"""What a zoning report decides: which use is allowed, which standards are met, how many spaces are needed. Pure."""
