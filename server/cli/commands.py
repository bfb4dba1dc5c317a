"""All commands of ``quire``, put together."""

from server.cli import explaining, looking, serving, timeline, writing
from server.cli.command import app

__all__ = ["app", "explaining", "looking", "serving", "timeline", "writing"]
