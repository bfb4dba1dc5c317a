"""Figures in prose: numbers with their units, and what only looks like one."""
