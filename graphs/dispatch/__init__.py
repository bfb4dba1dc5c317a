"""Dispatching over a live run: what turns events into sends, runs agents, and posts what they say."""
