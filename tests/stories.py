"""Events that several journeys speak, and a way to hear everything that follows from one."""

from collections.abc import Sequence
from typing import Any

from quire.graphs.dispatch.functions import happened, reacting
from quire.graphs.events import Event
from quire.graphs.kernel.contract import Agent


class Requested(Event, external=True):
    """Somebody wants something."""

    what: str


class Opinion(Event):
    """Somebody has an opinion."""

    text: str


async def told(agents: Sequence[Agent], event: Event) -> list[dict[str, Any]]:
    """Give everything that agents make of an event, in order."""
    story = await reacting(agents).ainvoke(happened(event), {"recursion_limit": 200})
    log: list[dict[str, Any]] = story["log"]
    return log
