"""Holds every claim of a draft against its evidence: in code first, then by reading what code left open."""
