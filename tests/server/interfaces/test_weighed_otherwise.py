"""A version in which sources differ elsewhere, or another value counts: only what quotes that is written again."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from toys import section, toy_brief

from quire.graphs.intake.brief import decode
from quire.graphs.run import commands as outside
from quire.nodes.config.settings import Settings
from quire.server.execution.runs import Runs, opened
from quire.server.execution.versions import following

ELM = ("a.md", "The capacity of the Elm depot is {} vehicles.")
ELM_TOO = ("b.md", ELM[1])
RENT = ("c.md", "Monthly rent of the hall: {} euros")
RENT_TOO = ("d.md", RENT[1])


def source(named: tuple[str, str], value: int) -> dict[str, str]:
    name, said = named
    return {"name": name, "text": f"# Notes\n\nDate: 2024-02-05\n\n{said.format(value)}\n"}


def brief(*sources: dict[str, str], approve: tuple[str, ...] = ()) -> dict[str, Any]:
    sections = (section("depot", instructions="capacity of the Elm depot"), section("hall", instructions="rent"))
    return toy_brief(*sections, sources=list(sources), options={"approve": list(approve)})


@pytest.fixture
async def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Runs]:
    monkeypatch.setenv("QUIRE_HOME", str(tmp_path))
    async with opened(Settings.read()) as held:
        yield held


async def written(runs: Runs, run: str, asked: dict[str, Any], holds: str = "") -> dict[str, list[str]]:
    """Write a document, or go on with it once a person has said which source holds; give why sections opened."""
    if holds:
        given = {"decision": "approve", "holds": holds}
        await runs.tell(run, lambda told: outside.answer(told, "conflict:1", given))
    else:
        await runs.begin(asked, run_id=run, remembered={})
    events = [event async for event in runs.carry_on(run)]
    return {str(e["section"]): e["data"]["because"] for e in events if e["type"] == "SectionOpened"}


@pytest.mark.parametrize("first", [(), (source(RENT_TOO, 950),)], ids=["they agreed", "others differed"])
async def test_where_sources_differ_elsewhere_a_section_stands(runs: Runs, first: tuple[dict[str, str], ...]) -> None:
    elm, rent = source(ELM, 240), source(RENT, 900)
    await written(runs, "one", decode(brief(elm, source(ELM_TOO, 240), rent, *first)))
    asked = decode(brief(elm, source(ELM_TOO, 310), rent, *first))
    because = await written(runs, "two", await following(runs, asked, "one"))

    assert {"depot": ["what it was given of its sources changed (b.md)"]} == because


async def test_where_a_person_says_that_another_source_holds_it_is_written_again(runs: Runs) -> None:
    asked = decode(brief(source(ELM, 240), source(ELM_TOO, 310), source(RENT, 900), approve=("conflicts",)))
    await written(runs, "one", asked)
    await written(runs, "one", asked, holds="a.md")
    await written(runs, "two", await following(runs, asked, "one"))
    because = await written(runs, "two", asked, holds="b.md")

    assert {"depot": ["its sources are weighed otherwise"]} == because
