"""What a due-diligence report works out: measures over time, parts and shares, ratios, conflicts, excerpts by topic."""
