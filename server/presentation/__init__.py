"""A run in words and pictures, the same for every interface: event lines, drafts, timelines, run.json."""
