"""The command line."""

from quire.server.cli.entry import main

__all__ = ["main"]
