"""A brief whose plan is open, plans for it, and a model that gives them."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from model_server import Asked, valid_reply
from toys import events_of, section, toy_brief

from quire.graphs.document.document_graph import build

WET = {
    "name": "wet.md",
    "text": "# Flood\n\n## Damage\n\nThe flood of May damaged 40 cellars.\n\n## Pumps\n\nTwo pumps failed.\n",
}
OLD = {"name": "old.md", "text": "# Flood of last year\n\nThe earlier flood damaged 12 cellars.\n"}
FRAME = [
    section("intro", kind="template", instructions="Read on.", frame=True),
    section("one"),
    section("two", "one"),
    section("closing", "one", "two.drafted", frame=True, wait_failed={"one": "stub", "two": "stop"}),
]


def open_brief(**more: Any) -> dict[str, Any]:
    asked = {"question": "What did the flood damage? Why did the pumps fail?"}
    made = toy_brief(*FRAME, sources=[WET, OLD], blueprint={"plan": "open", "guidance": "Be brief."}, **more)
    return {**made, "facts": asked}


def planned(id_: str, answers: list[str], **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "title": f"The {id_}",
        "purpose": f"Say all about {id_} as found.",
        "questions": [f"What of the {id_}?"],
        "answers": answers,
        "form": "prose",
        "words": 200,
        "sources": ["S1"],
        "after": [],
        **more,
    }


def plan(*sections: Mapping[str, Any], unused: tuple[str, ...] = ("S2",), drop: tuple[str, ...] = ()) -> dict[str, Any]:
    reasons = [{"source": one, "reason": "It is of last year."} for one in unused]
    return {"sections": list(sections), "unused": reasons, "drop": list(drop)}


GOOD = plan(planned("damage", ["Q1"]), planned("pumps", ["Q2"], after=["damage"], form="table"))


def is_plan(asked: Asked) -> bool:
    return "unused" in (asked.schema or {}).get("properties", {})


def planner(*plans: Mapping[str, Any]) -> Callable[[Asked], str]:
    """Give these plans one after another, the last one again and again; draft what the evidence says."""
    left = list(plans)

    def reply(asked: Asked) -> str:
        if is_plan(asked):
            return json.dumps(left.pop(0) if len(left) > 1 else left[0])
        if "objections" in json.dumps(asked.schema):
            return json.dumps({"grade": 5, "objections": []})
        return valid_reply(0)(asked)

    return reply


async def events_with(brief: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [event async for event in events_of(build(), brief)]
