"""One agent tried alone: handed an event, a section and sources."""
