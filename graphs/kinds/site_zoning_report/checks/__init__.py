"""Rules on zoning reports that code can check, a module for each thing that they look at."""
