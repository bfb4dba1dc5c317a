"""Personal data in sources: found by what stands over it and by what it looks like, and withheld."""
