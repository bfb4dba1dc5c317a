"""All commands of ``quire``, put together."""

from server.cli import looking, serving, timeline, writing
from server.cli.command import app

__all__ = ["app", "looking", "serving", "timeline", "writing"]
