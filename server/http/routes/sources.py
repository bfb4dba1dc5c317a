"""The sources of a document over HTTP, as its agents read them: what evidence leads to."""

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from typing_extensions import TypedDict

from quire.graphs.intake.blueprint_models import Part
from quire.nodes.sources.passage import Passage, Reading
from quire.server.http.problems import NotFound
from quire.server.http.routes.access import ReadRun
from quire.server.http.routes.answers import problems

router = APIRouter(prefix="/documents", tags=["documents"])


class SourceRead(TypedDict):
    """What was read of a source."""

    source: str
    title: str
    media: str
    passages: int
    warnings: list[str]


class SourcesRead(TypedDict):
    """The sources of a document."""

    sources: list[SourceRead]


class PassageRead(TypedDict):
    """A passage, and where it stands."""

    address: str
    text: str
    kind: str
    lines: list[tuple[int, str]]
    """Of a paragraph on several lines: where in ``text`` each but the first begins, and its address."""


class SourceText(TypedDict):
    """A source, passage by passage. Personal data is withheld in it as in the document."""

    source: str
    title: str
    passages: list[PassageRead]


class PassageFound(TypedDict):
    """A passage that holds what was looked for."""

    source: str
    address: str
    text: str


class PassagesFound(TypedDict):
    """Passages that hold what was looked for, in the order of the sources."""

    passages: list[PassageFound]
    more: bool
    """There are others, which are not given."""


class Looking(Part):
    """What to look for in all sources."""

    words: str = Field(min_length=1, max_length=300, description="Words as they stand there, in any case.")


_MOST_FOUND = 100
"""Passages of one answer."""


@router.get("/{run_id}/sources", responses=problems(404, 409))
async def index(run: ReadRun) -> SourcesRead:
    """List the sources of a document with what could not be read of them."""
    return SourcesRead(sources=[_listed(reading) for reading in await run.readings()])


@router.get("/{run_id}/sources/{name:path}", responses=problems(404, 409))
async def show(run: ReadRun, name: str) -> SourceText:
    """Give a source as it was read, passage by passage, each with its address.

    Raises:
        NotFound: the document has no such source.

    """
    for reading in await run.readings():
        if reading["source"] == name:
            return SourceText(source=name, title=reading["title"], passages=list(map(_passage, reading["passages"])))
    raise NotFound("the document has no such source")


@router.get("/{run_id}/passages", responses=problems(404, 409, 422))
async def find(run: ReadRun, asked: Annotated[Looking, Query()]) -> PassagesFound:
    """Find words in all sources of a document."""
    wanted = asked.words.casefold()
    holding = (
        PassageFound(source=reading["source"], address=passage["address"], text=passage["text"])
        for reading in await run.readings()
        for passage in reading["passages"]
        if wanted in passage["text"].casefold()
    )
    found = [*islice(holding, _MOST_FOUND + 1)]
    return PassagesFound(passages=found[:_MOST_FOUND], more=len(found) > _MOST_FOUND)


def _listed(reading: Reading) -> SourceRead:
    return SourceRead(
        source=reading["source"],
        title=reading["title"],
        media=reading["media"],
        passages=len(reading["passages"]),
        warnings=reading["warnings"],
    )


def _passage(read: Passage) -> PassageRead:
    return PassageRead(address=read["address"], text=read["text"], kind=read["kind"], lines=read.get("lines", []))
