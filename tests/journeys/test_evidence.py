"""What a section is given to build on, through a whole document: surveyed, whole or searched, and only growing."""

import json
import re
from typing import Any

import pytest
from model_server import Asked, ModelServer, first_extract, marked_up
from toys import SOURCE, events_of, section, toy_brief

from quire.graphs.document.document_graph import build

FENCES = "\n\n".join(f"Fence number {n} stands in the village and is painted white." for n in range(100))
LONG = {**SOURCE, "text": f"{SOURCE['text']}\n## 2 Fences\n\n{FENCES}\n"}
OLD = {
    "name": "archive/code_2019.md",
    "text": "# Zoning code\n\nStand: Mai 2019\n\nThe height shall not exceed 30 feet.\n",
}


def reply(asked: Asked) -> str:
    """Word queries, draft the first extract, object to nothing."""
    if "queries" in (asked.schema or {}).get("properties", {}):
        return json.dumps({"queries": ["height of a building", "height limit"]})
    if not asked.drafts:
        return json.dumps({"grade": 5, "objections": []})
    said = [{"text": first_extract(asked.prompt), "evidence": ["E1"]}]
    return marked_up(said, asked)


async def written(*sections: Any, **more: Any) -> list[dict[str, Any]]:
    return [e async for e in events_of(build(), toy_brief(*(sections or [section("height")]), **more))]


def gathered(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [e["data"] for e in events if e["type"] == "EvidenceGathered"]


async def test_the_sources_of_a_run_are_surveyed_once() -> None:
    events = await written(section("height"), section("yards"), sources=[SOURCE, OLD])

    (first,) = (e["data"]["sources"] for e in events if e["type"] == "SourcesSurveyed")
    assert [("code.md", "current", ""), ("archive/code_2019.md", "archived", "2019-05")] == [
        (s["source"], s["status"], s["date"]) for s in first
    ]
    assert ["Zoning code", "1.01 Height", "1.02 Yards", "1.03 Parking"] == first[0]["contents"]


async def test_sources_that_fit_are_shown_whole_under_what_they_are_and_nobody_is_asked_what_to_look_for(
    online: ModelServer,
) -> None:
    online.reply = reply
    (data,) = gathered(await written(sources=[OLD, SOURCE]))

    assert "queries" not in data
    assert ["code.md"] * 3 + ["archive/code_2019.md"] * 2 == [e["source"] for e in data["evidence"]]
    assert not [a for a in online.asked if "prepare the search" in a.prompt]
    (prompt,) = (a.prompt for a in online.asked if a.drafts)
    assert "Source archive/code_2019.md (" in prompt
    assert "dated 2019-05, ARCHIVED)" in prompt
    assert re.search(r"^\[Zoning code > 1\.01 Height\]\nE1: The height of a building", prompt, re.MULTILINE)
    assert prompt.index("E1: ") < prompt.index("You write one section") < prompt.index("Write the section")


async def test_drafts_over_the_same_evidence_begin_with_the_same_words(online: ModelServer) -> None:
    online.reply = reply
    await written(section("height"), section("yards"))

    first, second = (a.prompt.partition("You write one section")[0] for a in online.asked if a.drafts)
    assert first == second
    assert "40 feet" in first


async def test_sources_that_do_not_fit_are_searched_by_what_a_model_words(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_EVIDENCE_TOKENS", "500")
    online.reply = reply
    events = await written(sources=[LONG], facts={"question": "How high may a building be? Who may fence?"})

    (data,) = gathered(events)
    assert ["height of a building", "height limit"] == data["queries"][:2]
    assert any("40 feet" in e["quote"] for e in data["evidence"])
    assert ["How high may a building be?", "Who may fence?"] == list(data["covered"])
    assert sum(len(e["quote"]) for e in data["evidence"]) < 4 * 500
    (asked,) = (a.prompt for a in online.asked if "prepare the search" in a.prompt)
    assert "code.md: Zoning code; Zoning code; 1.01 Height" in asked


async def test_a_search_that_no_model_could_word_is_worded_by_the_question_and_says_why(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_EVIDENCE_TOKENS", "500")
    online.reply = reply
    online.script = lambda asked: "refusal" if "prepare the search" in asked.prompt else None
    events = await written(sources=[LONG])

    (data,) = gathered(events)
    assert data["queries"] == ["Height Height "]
    assert data["reason"]
    assert "done" == events[-1]["data"]["status"]


async def test_nobody_words_what_to_search_for_where_no_model_writes(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_EVIDENCE_TOKENS", "500")
    online.reply = reply
    await written(section("intro", kind="template", instructions="Read on."), section("height"), sources=[LONG])

    (asked,) = (a.prompt for a in online.asked if "prepare the search" in a.prompt)
    assert "“Height” of" in asked


async def test_what_the_writer_asks_for_is_added_behind_what_it_had(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_EVIDENCE_TOKENS", "500")
    drafts: list[str] = []

    def asking(asked: Asked) -> str:
        if not asked.drafts:
            return reply(asked)
        drafts.append(asked.prompt)
        wanted = "MISSING: How many parking spaces are required?\nMISSING: How deep is the front yard?\n"
        return f"{reply(asked)}\n{wanted if len(drafts) == 1 else ''}"

    online.reply = asking
    events = await written(sources=[LONG])

    (asked,) = (e["data"] for e in events if e["type"] == "FactRequested")
    before, after = gathered(events)
    assert ("How many parking spaces are required?", ["How deep is the front yard?"]) == (
        asked["question"],
        asked["more"],
    )
    assert [asked["question"], *asked["more"]] == list(after["covered"])
    numbers = {n for found in after["covered"].values() for n in found}
    assert any("parking space" in line for n in numbers for line in drafts[1].splitlines() if line.startswith(f"E{n}:"))
    shown = ["\n".join(re.findall(r"^E\d+: .*$", prompt, re.MULTILINE)) for prompt in drafts]
    assert shown[1].startswith(shown[0])
    assert len(before["evidence"]) < len(re.findall(r"^E\d+:", drafts[1], re.MULTILINE))
    assert "done" == events[-1]["data"]["status"]


async def test_values_and_other_sections_are_shown_with_what_they_are(online: ModelServer) -> None:
    def quoting(asked: Asked) -> str:
        return f"{reply(asked)}\n{reply(asked)}" if asked.drafts else reply(asked)

    online.reply = quoting
    await written(section("height"), section("summary", "height"), facts={"client": "Elm Trust"})

    prompt = next(a.prompt for a in online.asked if a.drafts and "section “Summary”" in a.prompt)
    assert re.search(r"<<\w+ section height>>\nP1: The height of a building .*\nP2: The height", prompt)
    assert re.search(r"^F1 \(client\): Elm Trust$", prompt, re.MULTILINE)


async def test_readers_are_warned_of_sources_that_no_section_uses_but_not_of_those_that_are_over() -> None:
    other = {"name": "boats.md", "text": "# Boats\n\nThere are four boats.\n"}
    over = {"name": "code_2019.md", "text": "# Boats\n\nSUPERSEDED by boats.md\n\nThere are three boats.\n"}

    out = await build().ainvoke(toy_brief(section("height"), sources=[SOURCE, other, over]))

    assert ["No section uses the source “boats.md”."] == out["document"]["warnings"]
