"""Reviews of incidents: what happened, how long it took, why, what was done, and what comes again."""
