"""What sources are, said by a model in one call for many: heard in the sources' own words, and not paid for twice."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from model_server import Asked, ModelServer
from open_plans import FRAME, GOOD, events_with, open_brief, planner
from toys import section, toy_brief

WET = "# Flood\n\nWater stood in the valley, and 40 cellars were damaged. What follows was noted on 3 May 2026.\n"
OLD = "# Field remarks\n\nThese pages no longer describe what anybody does. A flood damaged 12 cellars in 2024.\n"
SOURCES = [{"name": "wet.md", "text": WET}, {"name": "old.md", "text": OLD}]


def is_survey(asked: Asked) -> bool:
    return (asked.body.get("response_format") or {}).get("json_schema", {}).get("name") == "survey"


def row(source: str, **more: Any) -> dict[str, Any]:
    blank = dict.fromkeys(("what", "date", "date_words", "status_words", "period", "period_words"), "")
    return {"source": source, **blank, "status": "current", "contents": [], **more}


def surveying(*rows: Mapping[str, Any]) -> Callable[[Asked], str]:
    """Say this of the sources, plan and write."""
    writes = planner(GOOD)
    return lambda asked: json.dumps({"sources": list(rows)}) if is_survey(asked) else writes(asked)


def surveyed(events: list[dict[str, Any]]) -> dict[str, Any]:
    (told,) = [e["data"] for e in events if e["type"] == "SourcesSurveyed"]
    return {**told, "sources": {s["source"]: s for s in told["sources"]}}


async def test_a_model_fills_in_what_code_did_not_find_for_all_sources_in_one_call(online: ModelServer) -> None:
    online.reply = surveying(
        row(
            "S1",
            date="2026-05-03",
            date_words="noted on 3 May 2026",
            contents=["cellars damaged", "water in the valley"],
        ),
        row(
            "S2",
            what="pages",
            status="superseded",
            status_words="no longer describe what anybody does",
            period="2024",
            period_words="cellars in 2024",
        ),
    )

    events = await events_with({**open_brief(), "sources": SOURCES})

    told = surveyed(events)
    wet, old = told["sources"]["wet.md"], told["sources"]["old.md"]
    assert ("2026-05-03", ["cellars damaged", "water in the valley", "Flood"]) == (wet["date"], wet["contents"])
    assert ("pages", "superseded", "2024") == (old["what"], old["status"], old["period"])
    assert told["model"]
    (asked,) = [a for a in online.asked if is_survey(a)]
    assert "Water stood in the valley" in asked.prompt
    plan = next(a.prompt for a in online.asked if "You plan the sections" in a.prompt)
    assert "water in the valley" in plan
    assert "superseded" in plan
    draft = next(a.prompt for a in online.asked if a.drafts)
    assert "dated 2026-05-03" in draft


@pytest.mark.parametrize(
    "said",
    [
        {"what": "tender"},
        {"date": "2026-05-04", "date_words": "noted on 3 May 2026"},
        {"date": "2026-06-03", "date_words": "noted on 3 June 2026"},
        {"status": "archived", "status_words": "kept for the archive only"},
        {"status": "archived", "status_words": "water"},
        {"period": "2025", "period_words": "Water stood in"},
        {"contents": ["pumps of the harbour"]},
    ],
    ids=["kind", "other date", "date not there", "notice not there", "a word for a notice", "period", "contents"],
)
async def test_words_that_do_not_stand_in_the_source_change_nothing(said: dict[str, Any], online: ModelServer) -> None:
    brief = {**open_brief(), "sources": SOURCES[:1]}
    writes = planner(GOOD)
    online.reply = lambda asked: json.dumps({"sources": [row("S1", **said)]}) if is_survey(asked) else writes(asked)

    told = surveyed(await events_with(brief))["sources"]["wet.md"]

    assert ("Flood", "", "current", "", ["Flood"]) == tuple(
        told[key] for key in ("what", "date", "status", "period", "contents")
    )


async def test_what_code_found_stands_whatever_a_model_says(online: ModelServer) -> None:
    text = "---\ndate: 2026-04-14\nstatus: draft\n---\n\n# Minutes\n\nThis report was noted on 3 May 2026.\n"
    notice = {"name": "minutes.md", "text": text}
    dated = {"date": "2026-05-03", "date_words": "noted on 3 May 2026"}
    online.reply = surveying(row("S1", **dated, what="report", status_words="was noted on 3 May 2026"))

    told = surveyed(await events_with({**open_brief(), "sources": [notice]}))["sources"]["minutes.md"]

    assert ("minutes", "2026-04-14", "draft") == (told["what"], told["date"], told["status"])


async def test_of_a_year_in_its_name_a_model_tells_the_day(online: ModelServer) -> None:
    paper = {
        "name": "programme-2026.md",
        "text": "# Programme\n\nPaper for the board, 14 May 2026. It asks for money.\n",
    }
    online.reply = surveying(row("S1", date="2026-05-14", date_words="14 May 2026"))

    told = surveyed(await events_with({**open_brief(), "sources": [paper]}))["sources"]["programme-2026.md"]

    assert "2026-05-14" == told["date"]


async def test_the_document_dates_its_sources_as_they_were_surveyed(online: ModelServer) -> None:
    paper = {
        "name": "programme-2026.md",
        "text": "# Programme\n\nPaper for the board, 14 May 2026. It asks for money.\n",
    }
    online.reply = surveying(row("S1", date="2026-05-14", date_words="14 May 2026"))
    listing = section("listing", compute="general.sources", frame=True)

    events = await events_with(
        toy_brief(listing, *FRAME, sources=[paper], blueprint={"plan": "open"}, facts={"question": "How much money?"})
    )

    (drafted,) = [e["data"] for e in events if e["type"] == "SectionDrafted" and e["section"] == "listing"]
    assert "2026-05-14" in json.dumps(drafted["content"]["blocks"])


@pytest.mark.long
@pytest.mark.parametrize("fault", ["error-400", "wrong-schema"])
async def test_without_an_answer_code_surveys_and_says_why(fault: str, online: ModelServer) -> None:
    online.reply = planner(GOOD)
    online.script = lambda asked: fault if is_survey(asked) else None

    events = await events_with({**open_brief(), "sources": SOURCES})

    told = surveyed(events)
    assert told["reason"]
    assert "model" not in told
    assert "current" == told["sources"]["wet.md"]["status"]
    assert [e for e in events if e["type"] == "PlanOutlined" and not e["data"]["reason"]]


async def test_who_does_not_plan_asks_nobody_what_the_sources_are(online: ModelServer) -> None:
    told = surveyed(await events_with(toy_brief(section("height"))))

    assert "model" not in told
    assert not [a for a in online.asked if is_survey(a)]
