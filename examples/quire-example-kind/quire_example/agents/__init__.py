"""Agents, a folder each."""
