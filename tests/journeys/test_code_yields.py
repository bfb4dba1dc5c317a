"""What code says in words gives way to a text: nothing is told twice, and nothing that a rule demands is lost."""

import json
from typing import Any

from model_server import Asked, ModelServer, valid_reply

from quire.graphs.document.document_graph import build

PLAN = "# Elm 2040\n\nLU-1 Encourage bakeries on Elm Street.\n\nThe plan guides decisions.\n\nLimes line Elm Street.\n"
POLICY = {
    "source": "plan.md",
    "address": "line 3",
    "quote": "LU-1 Encourage bakeries on Elm Street.",
    "fields": {"policy": "LU-1", "words": "Encourage bakeries on Elm Street."},
}
OWN = "The plan guides decisions and does not regulate the use; no policy permits or forbids it."
BRIEF = {
    "blueprint": {
        "name": "plan-report",
        "title": "Plan report",
        "records": {
            "policy": {"title": "Policies", "one_per": "mention", "fields": {"policy": {"key": True}, "words": {}}}
        },
        "rules": [
            {
                "id": "guides",
                "severity": "error",
                "text": "The plan guides and governs nothing.",
                "check": "zoning_text.plan_kept_apart_from_zoning",
            }
        ],
        "sections": [
            {"id": "plan", "title": "The plan", "compute": "zoning.plan", "instructions": "Quote the policies."}
        ],
    },
    "title": "Plan report",
    "sources": [{"name": "plan.md", "text": PLAN}],
    "records": {"policy": [POLICY]},
}


async def written(online: ModelServer, text: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Have a section written with a writer's reply; give its blocks, and what the writer was asked."""
    prompts: list[str] = []

    def reply(asked: Asked) -> str:
        if asked.drafts:
            prompts.append(asked.prompt)
            return text
        return valid_reply(0)(asked)

    online.reply = reply
    out = await build().ainvoke(BRIEF)
    (section,) = out["document"]["sections"]
    return section["content"]["blocks"], prompts


def told(blocks: list[dict[str, Any]]) -> list[str]:
    return [claim["text"] for block in blocks for claim in block.get("claims", ())]


async def test_without_a_model_the_words_of_code_stand_and_nothing_shows_that_they_would_yield() -> None:
    out = await build().ainvoke(BRIEF)
    (section,) = out["document"]["sections"]

    assert [OWN] == told(section["content"]["blocks"])
    assert "yields" not in json.dumps(out["document"])


async def test_what_a_writer_says_is_not_said_by_code_as_well(online: ModelServer) -> None:
    blocks, prompts = await written(online, "The plan guides decisions [E2].\n\n[[T2]]\n")

    assert ["paragraph", "facts"] == [block["kind"] for block in blocks]
    assert ["The plan guides decisions."] == told(blocks)
    assert "Your text takes the place of T1" in prompts[0]
    assert "Place each of T2 once" in prompts[0]


async def test_what_a_writer_places_stands_once_in_its_own_words(online: ModelServer) -> None:
    blocks, _ = await written(online, "[[T1]]\n\nLimes line Elm Street [E3].\n\n[[T2]]\n")

    assert [OWN, "Limes line Elm Street."] == told(blocks)


async def test_what_a_rule_demands_is_put_back_and_tables_stand_anyway(online: ModelServer) -> None:
    blocks, _ = await written(online, "Limes line Elm Street [E3].\n")

    assert ["Limes line Elm Street.", OWN] == told(blocks)
    assert ["paragraph", "facts", "paragraph"] == [block["kind"] for block in blocks]


async def test_where_nothing_of_a_text_holds_the_words_of_code_stand(online: ModelServer) -> None:
    blocks, _ = await written(online, "The plan guides decisions of 1831 [E2].\n")

    assert [OWN] == told(blocks)
    assert "facts" in [block["kind"] for block in blocks]
