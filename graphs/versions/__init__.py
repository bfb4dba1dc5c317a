"""A document's versions: what stands of the one before, what is written again, and why."""
