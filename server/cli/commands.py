"""All commands of ``quire``, put together."""

from server.cli import explaining, looking, pruning, serving, timeline, writing
from server.cli.command import app

__all__ = ["app", "explaining", "looking", "pruning", "serving", "timeline", "writing"]
