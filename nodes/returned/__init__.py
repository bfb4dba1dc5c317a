"""A Word file that comes back: what persons changed in it and wrote in its margin, claim by claim."""
