"""The document graph as LangServe sees it.

A document that is asked for here is a run like any other: in the same record, with an id of the server's making, to be
followed, answered and cancelled by every interface. An agent that is tried alone leaves nothing behind.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing
from contextvars import ContextVar
from functools import partial
from typing import Any

from langchain_core.runnables import RunnableConfig
from langchain_core.runnables.config import set_config_context
from langchain_core.runnables.schema import StreamEvent
from langchain_core.tracers.log_stream import RunLogPatch
from pydantic import BaseModel, RootModel
from starlette.datastructures import State

from quire.graphs.document.document_graph import graph as document
from quire.graphs.document.state import RunUsage
from quire.graphs.intake.brief_input import BriefInput
from quire.graphs.run.approvals import OpenQuestion
from quire.graphs.run.journal import Journal
from quire.graphs.run.summary import SectionStatus, counts_of
from quire.nodes.render.document import Document
from quire.nodes.render.markdown import render
from quire.server.execution.live_drafts import Heard, is_piece, with_drafts
from quire.server.http.intake import checked
from quire.server.langserve.graphs import Served, plain, told, without_client_settings
from quire.server.langserve.telling import Chosen, as_events, as_log

TENANT: ContextVar[str] = ContextVar("tenant")
"""Whose request is answered: a graph is handed no request."""


class Written(BaseModel):
    """What came of a document. ``waiting``: its questions can be answered over HTTP, under its id."""

    id: str
    status: str
    document: Document | None
    markdown: str
    sections: list[SectionStatus]
    usage: RunUsage
    questions: list[OpenQuestion]


class Asked(RootModel[BriefInput]):
    """A brief. It has no id: a run's id is made here."""


class Documents(Served):
    """The document graph over the record of the server.

    Args:
        state: gives what the server holds while it is up: what begins runs and what carries them on.

    """

    def __init__(self, state: Callable[[], State]) -> None:
        super().__init__(document, checked)
        self._state = state

    async def ainvoke(self, input: dict[str, Any], config: RunnableConfig | None = None, **_: Any) -> Any:  # noqa: A002 - the name that Runnable gives it
        """Write a document, to its end or until it waits for a person."""
        last: dict[str, Any] = {}
        async for chunk in self.astream(input, config):
            last = chunk
        return last["result"]

    async def astream(
        self,
        input: dict[str, Any],  # noqa: A002 - the name that Runnable gives it
        config: RunnableConfig | None = None,
        **_: Any,
    ) -> AsyncIterator[Any]:
        """Stream events as they happen, how many sections stand how, and drafts as they grow; then what came of it.

        Who goes away before the end leaves the run to the server.
        """
        asked, state, journal = await asyncio.to_thread(checked, plain(input)), self._state(), Journal()
        run, runs = await state.admission.begin_here(asked, TENANT.get()), state.engine.runs
        ended = False
        try:
            with set_config_context(without_client_settings(config)) as context:
                events, listening = runs.carry_on_or_follow(run), partial(runs.listening, run)
                async with aclosing(with_drafts(listening, events, context)) as heard:
                    async for each in heard:
                        for chunk in _chunks(each, journal):
                            yield chunk
            ended = True
        finally:
            if not ended:
                state.engine.leave(run)
        result = await self._result(run)
        yield {"result": result, "content": f"\n{result['markdown']}"}

    async def astream_log(  # type: ignore[override] # there is one way only to be asked here: LangServe's
        self,
        input: dict[str, Any],  # noqa: A002 - the name that Runnable gives it
        config: RunnableConfig | None = None,
        *,
        diff: bool = True,  # noqa: ARG002 - LangServe asks for differences only
        **chosen: Any,
    ) -> AsyncIterator[RunLogPatch]:
        """Stream the run's log: what happens as lines, what each agent said, and what came of it."""
        async with aclosing(self.astream(input, config)) as chunks:  # type: ignore[type-var] # a generator
            async for patch in as_log(self.name or "document", chunks, Chosen(**chosen)):
                yield patch

    async def astream_events(  # type: ignore[override] # as above
        self,
        input: dict[str, Any],  # noqa: A002 - the name that Runnable gives it
        config: RunnableConfig | None = None,
        *,
        version: str = "v2",  # noqa: ARG002 - LangServe asks for the second
        **chosen: Any,
    ) -> AsyncIterator[StreamEvent]:
        """Stream the run's events as LangChain has them: the document's, its agents' and its models'."""
        async with aclosing(self.astream(input, config)) as chunks:  # type: ignore[type-var] # a generator
            async for event in as_events(self.name or "document", plain(input), chunks, Chosen(**chosen)):
                yield event

    async def _result(self, run: str) -> dict[str, Any]:
        runs = self._state().engine.runs
        view = await runs.view(run)
        report, made = view.report, await runs.document_of(view)
        markdown = (await asyncio.to_thread(render, made)).decode() if made else ""
        kept = {name: report[name] for name in ("id", "status", "sections", "usage", "questions")}
        return {**kept, "document": made, "markdown": markdown}

    def get_input_schema(self, config: RunnableConfig | None = None) -> type[BaseModel]:  # noqa: ARG002 - Runnable's signature
        """Give what a document is asked for with."""
        return Asked

    def get_output_schema(self, config: RunnableConfig | None = None) -> type[BaseModel]:  # noqa: ARG002 - Runnable's signature
        """Give what comes of a document."""
        return Written

    @property
    def InputType(self) -> Any:  # noqa: N802 - Runnable's name
        """Type of the input."""
        return Asked

    @property
    def OutputType(self) -> Any:  # noqa: N802 - Runnable's name
        """Type of the output."""
        return Written


def _chunks(heard: Heard, journal: Journal) -> Iterator[dict[str, Any]]:
    if is_piece(heard):
        yield {"token": heard, "content": ""}
        return
    yield told(heard)
    before = counts_of(journal)
    journal.take(heard)
    if (now := counts_of(journal)) != before:
        yield {"progress": now, "content": ""}
