"""Strict YAML, JSON and expressions, every refusal with file, line and field."""
