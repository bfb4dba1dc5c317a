"""A section's own lane: waits at its gate, then dispatches among the section agents until it closes."""
