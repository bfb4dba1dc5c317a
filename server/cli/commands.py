"""All commands of ``quire``, put together."""

from server.cli import looking, serving, writing
from server.cli.command import app

__all__ = ["app", "looking", "serving", "writing"]
