"""Evaluations: what a document is expected to say, what it did say, and how that differs from an earlier run."""
