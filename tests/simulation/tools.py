"""Tools of other programs in a play: no process is started and nobody is asked; a seed says what each replies."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

import pytest

from quire.nodes.event_store.port import Envelope
from quire.nodes.faults import SourceFault
from quire.nodes.tools.servers import ToolServer
from simulation.scenario import TOOL_SERVER, Scenario

SERVERS = {TOOL_SERVER: ToolServer(command="nobody-starts-this")}


class Stage(Protocol):
    """What tools see of a play."""

    scenario: Scenario

    @property
    def journal(self) -> list[Envelope]:
        """What is written of the run."""
        ...

    def latency(self, *about: object) -> float:
        """Seconds that something takes."""
        ...


class Tools:
    """The tools that a run may call.

    Args:
        stage: the play.

    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.called: Counter[str] = Counter()
        self.called_again: list[str] = []
        """Tools that were called although what came of it was written."""

    @property
    def called_twice(self) -> list[str]:
        """Give the tools that were called more than once."""
        return [tool for tool, times in self.called.items() if times > 1]

    async def reply_of(self, _server: str, _reached: ToolServer, tool: str, _arguments: Mapping[str, Any]) -> str:
        """Reply as the scenario has it, after a while.

        Raises:
            SourceFault: the tool fails.

        """
        self.called[tool] += 1
        if any(e["type"] == "SourceFetched" and e["data"]["tool"] == tool for e in self._stage.journal):
            self.called_again.append(tool)
        await asyncio.sleep(self._stage.latency("tool", tool, self.called[tool]))
        if self._stage.scenario.tool_fails(tool):
            raise SourceFault(f"the tool {tool!r} of the server {TOOL_SERVER!r} could not be called")
        return f"# Notes\n\nThe {tool} stands.\n"

    @contextmanager
    def instead_of_processes(self) -> Iterator[None]:
        """Have every call of a tool come here."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("quire.graphs.document.fetching.reply_of", self.reply_of)
            yield
