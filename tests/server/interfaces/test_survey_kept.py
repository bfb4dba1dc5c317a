"""What a model said of a source serves the tenant's later runs and nobody else's, and goes with the last of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from cli import Quire
from documents import written_for
from model_server import Asked, ModelServer
from open_plans import GOOD, open_brief, planner
from serving import command_server

SOURCES = [
    {"name": "wet.md", "text": "# Flood\n\nIn May 40 cellars were damaged. This was noted on 3 May 2026.\n"},
    {"name": "old.md", "text": "# Notes\n\nThe earlier flood damaged 12 cellars.\n"},
]


def is_survey(asked: Asked) -> bool:
    return (asked.body.get("response_format") or {}).get("json_schema", {}).get("name") == "survey"


def surveying(asked: Asked) -> str:
    """Give the date of the first source, plan and write."""
    blank = dict.fromkeys(("what", "status_words", "period", "period_words"), "")
    dated = {"date": "2026-05-03", "date_words": "noted on 3 May 2026", "status": "current", "contents": []}
    said = {"sources": [{"source": "S1", **blank, **dated}]}
    return json.dumps(said) if is_survey(asked) else planner(GOOD)(asked)


def dates(events: list[dict[str, Any]]) -> dict[str, str]:
    (told,) = [e["data"]["sources"] for e in events if e["type"] == "SourcesSurveyed"]
    return {s["source"]: s["date"] for s in told}


@pytest.mark.long
def test_a_later_run_pays_only_for_sources_that_are_new_and_a_pruned_one_leaves_nothing(
    quire: Quire, tmp_path: Path
) -> None:
    with ModelServer(surveying) as server:
        place = {"OPENAI_BASE_URL": server.url}
        asked: list[list[str]] = []
        for name, sources in (("first", SOURCES[:1]), ("second", SOURCES[:1]), ("third", SOURCES)):
            brief = tmp_path / f"{name}.json"
            brief.write_text(json.dumps({**open_brief(), "sources": sources}))
            written = quire("write", str(brief), "--run-id", name, "--out", name, "--format", "md", **place)
            assert written.returncode in {0, 1, 3}, written.stderr
            asked.append([a.prompt for a in server.asked if is_survey(a)])
            events = [json.loads(line) for line in quire("events", name, "--json", **place).stdout.splitlines()]
            assert "2026-05-03" == dates(events)["wet.md"]
        first, second, third = asked
        assert 1 == len(first) == len(second)
        assert "old.md" in third[-1]
        assert "wet.md" not in third[-1]

        assert "3 runs are removed" in quire("prune", "--older-than", "0m", **place).stdout
        quire("write", str(tmp_path / "first.json"), "--run-id", "fourth", "--out", "fourth", "--format", "md", **place)
        assert 1 == len([a for a in server.asked if is_survey(a)]) - len(third)


@pytest.mark.long
def test_another_tenant_pays_for_itself(tmp_path: Path, online: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    online.reply = surveying
    monkeypatch.setenv("QUIRE_API_KEYS", "one:acme,two:beta")
    with command_server(tmp_path / "log") as server:
        for key, times in (("one", 1), ("one", 1), ("two", 2)):
            written_for(server, key, {**open_brief(), "sources": SOURCES[:1]})
            assert times == len([a for a in online.asked if is_survey(a)])
