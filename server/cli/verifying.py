"""Verifying what anybody wrote: claims with their evidence, or a text against sources."""

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from quire.graphs.intake.brief_files import bytes_at, shared_folder, sources_at
from quire.graphs.intake.brief_sources import Source, bytes_of
from quire.nodes.author.verifying import MOST_AT_ONCE
from quire.nodes.config.settings import Settings
from quire.nodes.faults import BadInput
from quire.nodes.sources.read import MAX_BYTES, read
from quire.nodes.verification.given import GivenClaim, claims_in
from quire.nodes.verification.texts import statements_of
from quire.nodes.verification.verdict import Verified
from quire.server.cli.command import AsJson, app, finish, say, tell
from quire.server.presentation.terminal import safe

UNSUPPORTED = 3
_LINES = (".jsonl", ".ndjson")


@app.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON lines of claims, or a text.")],
    *,
    sources: Annotated[
        list[str] | None, typer.Option("--sources", help="What a text is held against; a file or a glob.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Check for each claim whether its evidence supports it: JSON lines, or a text against sources.

    Example: quire verify report.md --sources 'sources/*.md'
    """
    globs = sources or []
    given = _claims(file, globs) if file.suffix.lower() in _LINES else _text(file, globs)
    return finish(_told(given, as_json=as_json))


async def _told(given: Iterator[GivenClaim], *, as_json: bool) -> int:
    """Tell what is found of each claim, as many at once as a judge is asked about together."""
    from quire.graphs.agents.verifier.given import verified_by_all  # noqa: PLC0415 - it takes a while to load

    settings, all_supported = Settings.read(), True
    while batch := list(islice(given, MOST_AT_ONCE)):
        for one in await verified_by_all(batch, settings):
            all_supported = all_supported and one["verdict"] == "supported"
            tell(one) if as_json else say(_line(one))
    return 0 if all_supported else UNSUPPORTED


def _line(one: Verified) -> str:
    unsure = "" if one["sure"] else " (not sure)"
    reasons = f" [{'; '.join(one['reasons'])}]" if one["reasons"] else ""
    return f"{one['verdict']}{unsure}: {one['claim']}{reasons}"


def _claims(file: Path, globs: list[str]) -> Iterator[GivenClaim]:
    if globs:
        raise BadInput("claims name their own evidence", field="--sources", hint="leave it out")
    try:
        text = bytes_at(file, MAX_BYTES, _fault).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("is not UTF-8 text", file=str(file), hint="save it as UTF-8") from error
    return iter(claims_in(text, str(file)))


def _text(file: Path, globs: list[str]) -> Iterator[GivenClaim]:
    if not globs:
        hint = "name them: --sources 'sources/*.md'; claims with their evidence stand in a file that ends in .jsonl"
        raise BadInput("a text is held against sources", field="--sources", hint=hint)
    text = read(str(file), bytes_at(file, MAX_BYTES, _fault))
    shared = shared_folder(globs, Path())
    named = [sources_at(pattern, Path(), _fault, shared) for pattern in globs]
    for left in (left for one in named for left in one.left_out):
        sys.stderr.write(safe(f"quire: {left['name']} is left out: {left['reason']}") + "\n")
    given: dict[str, Source] = {}
    for source in (source for one in named for source in one.sources):
        if given.setdefault(source["name"], source) != source:
            problem = f"two files are named {source['name']!r}"
            raise BadInput(problem, field="--sources", hint="rename one of them, or put it into a folder")
    return statements_of(text, [read(name, bytes_of(source)) for name, source in given.items()])


def _fault(problem: str, hint: str) -> BadInput:
    return BadInput(problem, hint=hint)
