"""All commands of ``quire``, put together."""

from quire.server.cli import explaining, looking, planning, pruning, serving, timeline, writing
from quire.server.cli.command import app

__all__ = ["app", "explaining", "looking", "planning", "pruning", "serving", "timeline", "writing"]
