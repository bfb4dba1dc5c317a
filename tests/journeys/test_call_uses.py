"""Every call of a model comes to something, and what it came to is told."""

import json
from collections import Counter
from typing import Any

import pytest
from model_server import Asked, ModelServer, marked_up
from prompt_prefix import Author, asked_of, notes
from toys import Going, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.insight.explanation import Explanation, explain
from quire.graphs.run.journal import Journal

HEIGHT = "The height of a building shall not exceed 40 feet."
REWORDED = "No building may be higher than 40 feet."
INVENTED = "The height of a building shall not exceed 45 feet."


async def explained(brief: dict[str, Any]) -> Explanation:
    going = Going(build(), brief)
    await going.end()
    return explain("r", Journal(await going.record.events("r")), await going.record.ledger("r"))


def came_to(told: Explanation) -> Counter[tuple[str, str]]:
    """Count calls by agent and by what they came to."""
    uses: Counter[tuple[str, str]] = Counter()
    for calls in told["calls"]:
        uses.update({(calls["agent"], use): count for use, count in calls["came_to"].items()})
    return uses


async def test_a_draft_that_goes_back_and_all_who_read_the_next_one_count(online: ModelServer) -> None:
    drafts = [[HEIGHT, INVENTED], [HEIGHT, REWORDED]]

    def reply(asked: Asked) -> str:
        if not asked.drafts:
            return json.dumps({"grade": 5, "objections": []})
        said = drafts.pop(0) if len(drafts) > 1 else drafts[0]
        return marked_up([{"text": text, "evidence": ["E1"]} for text in said])

    online.reply = reply

    uses = came_to(await explained(toy_brief(section("height"))))

    wanted = {("writer", "drafted"): 2, ("verifier", "verified"): 1, ("reviewer", "read"): 1, ("editor", "read"): 1}
    assert wanted == uses
    assert len(online.asked) == uses.total()


async def test_a_plan_that_cannot_be_used_was_asked_for_in_vain(online: ModelServer) -> None:
    author = Author()

    def reply(asked: Asked) -> str:
        said = author(asked)
        plan = json.loads(said) if "unused" in json.dumps(asked.schema) else {}
        unanswered = [{**planned, "answers": []} for planned in plan.get("sections", ())]
        return json.dumps({**plan, "sections": unanswered}) if plan else said

    online.reply = reply
    told = await explained(asked_of(notes(2)))

    assert {("planner", "nothing")} == {about for about in came_to(told) if "nothing" in about}


@pytest.mark.long
async def test_three_calls_at_most_come_before_the_first_draft_of_a_section(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_EVIDENCE_TOKENS", "1000")
    online.reply = Author()

    told = await explained(asked_of(notes(4)))

    before = Counter((c["section"], c["agent"]) for c in told["calls"] for _ in range(c["calls"]))
    drafted = {c["section"] for c in told["calls"] if c["agent"] == "writer"}
    assert 2 == before["document", "planner"]  # what the sources are, and the plan
    assert {1} == {before[section_, "researcher"] for section_ in drafted}


async def test_at_most_one_call_in_twenty_of_a_whole_report_is_in_vain(online: ModelServer) -> None:
    online.reply = Author()

    uses = came_to(await explained(asked_of(notes(4))))

    in_vain = sum(count for (_, use), count in uses.items() if use == "nothing")
    assert uses.total() > 20
    assert in_vain <= 0.05 * uses.total()
