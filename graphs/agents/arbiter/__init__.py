"""Decides on a draft once every verdict is in: approve, send back, or give up."""
