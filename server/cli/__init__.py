"""The command line."""

from server.cli.entry import main

__all__ = ["main"]
