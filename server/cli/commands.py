"""All commands of ``quire``, put together."""

from quire.server.cli import explaining, looking, pruning, serving, timeline, verifying, writing
from quire.server.cli.command import app

__all__ = ["app", "explaining", "looking", "pruning", "serving", "timeline", "verifying", "writing"]
