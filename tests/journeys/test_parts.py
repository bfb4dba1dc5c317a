"""A section too large for one draft is laid out in parts, which are written side by side and rejoin."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from killing import attempts, count, finish, journal, kill_at, quire
from model_server import Asked, ModelServer, marked_up
from toys import events_of, section, toy_brief

from quire.graphs.document.document_graph import build

SAID = {
    "Height": "The height of a building shall not exceed 40 feet",
    "Yards": "The front yard shall be at least 20 feet deep",
    "Parking": "One parking space is required for each 250 square feet of floor area",
}
BRIEF = toy_brief(section("rules", words=3000), section("end", "rules"))


def title_of(asked: Asked) -> str | None:
    """Name the part that is asked for, if one is."""
    return next((t for t in SAID if asked.drafts and f"“{t}”" in asked.prompt), None)


def reply(asked: Asked) -> str:
    """Lay out three parts, write each from its own passage, and object to nothing."""
    if "\nYou lay out" in f"\n{asked.prompt}":
        parts = [{"title": t, "instructions": f"What is said of {t.lower()}.", "words": 900} for t in SAID]
        return json.dumps({"parts": parts})
    if not asked.drafts:
        return json.dumps({"grade": 5, "objections": []})
    sentence = {"text": SAID[title_of(asked) or "Height"] + ".", "evidence": ["E1", "E2", "E3"]}
    return marked_up([sentence], asked)


async def written(server: ModelServer, answer: Callable[[Asked], str] = reply) -> list[dict]:
    server.reply = answer
    return [e async for e in events_of(build(), BRIEF)]


def of(events: list[dict], *types: str) -> list[dict]:
    return [e for e in events if e["section"] == "rules" and e["type"] in types]


async def test_the_parts_are_planned_drafted_and_joined_in_their_order(online: ModelServer) -> None:
    events = await written(online)

    planned, drafted = of(events, "PartPlanned"), of(events, "PartDrafted")
    assert list(SAID) == [e["data"]["title"] for e in planned]
    assert {1, 2, 3} == {e["data"]["part"] for e in drafted}
    (draft,) = of(events, "SectionDrafted")
    blocks = draft["data"]["content"]["blocks"]
    assert list(SAID) == [b["text"] for b in blocks if b["kind"] == "heading"]
    assert [s + "." for s in SAID.values()] == [c["text"] for b in blocks for c in b.get("claims", [])]
    assert "done" == events[-1]["data"]["status"]


async def test_nobody_judges_the_section_before_every_part_is_drafted(online: ModelServer) -> None:
    types = [e["type"] for e in of(await written(online), "PartDrafted", "SectionDrafted", "SectionReviewed")]

    assert ["PartDrafted"] * 3 == types[:3]
    assert "SectionDrafted" == types[3]


async def test_parts_are_written_side_by_side(online: ModelServer) -> None:
    writing = asyncio.ensure_future(written(online, reply))
    online.hold = lambda asked: title_of(asked) is not None
    async with asyncio.timeout(20):
        while {title_of(asked) for asked in online.asked if title_of(asked)} != set(SAID):  # noqa: ASYNC110 - a thread
            await asyncio.sleep(0.01)

    assert not writing.done()
    online.hold = None
    assert "done" == (await writing)[-1]["data"]["status"]


async def test_a_part_that_fails_costs_its_section(online: ModelServer) -> None:
    online.script = lambda asked: "refusal" if title_of(asked) == "Yards" else None
    events = await written(online)

    assert of(events, "SectionFailed")
    assert not of(events, "SectionDrafted")


@pytest.mark.long
def test_a_resumed_run_writes_no_part_twice(tmp_path: Path) -> None:
    path = tmp_path / "brief.json"
    path.write_text(json.dumps(BRIEF))
    slow = {"Height": 0.0, "Yards": 0.05, "Parking": 0.4}
    with ModelServer(reply, delay=lambda asked: slow.get(title_of(asked) or "", 0.0)) as server:
        settings = {"OPENAI_BASE_URL": server.url}
        write = ("write", str(path), "--out", str(tmp_path / "out"), "--run-id", "r", "--format", "md")
        whole = tmp_path / "whole"
        assert finish(quire(whole, settings, *write)) == 0
        text, calls = (tmp_path / "out" / "document.md").read_text(), len(server.asked)
        types = [e["type"] for e in journal(whole)]
        for moment in (types.index("PartPlanned") + 1, types.index("PartDrafted") + 1, types.index("PartDrafted") + 2):
            server.asked.clear()
            home = tmp_path / f"home-{moment}"
            reached = kill_at(quire(home, settings, *write), home, moment)
            made, recorded = len(server.asked), attempts(home)
            assert reached < count(whole)
            assert finish(quire(home, settings, "resume", "r")) == 0
            assert text == (tmp_path / "out" / "document.md").read_text()
            assert made + (calls - recorded) == len(server.asked), "only calls in flight are made again"
            assert sorted(types) == sorted(e["type"] for e in journal(home) if e["type"] != "RunResumed")
