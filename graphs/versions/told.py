"""What a section is told, and with which models it is made: what is compared when a version follows another."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from quire.graphs.run.model_calls import models_for
from quire.graphs.run.run import Run
from quire.nodes.checks.checking import rules_for

_PLACE = frozenset({"id", "after", "frame", "when", "wait_failed", "sources", "model", "needs_model"})
"""Fields of a section that say where it stands and what it may use, not what it is to say; that is compared itself."""
JUDGES = ("reviewer", "compliance")
"""Those who judge drafts, where a section has not chosen others."""
PROMPTS = "prompts"


def told_of(asked: Mapping[str, Any], spec: Mapping[str, Any]) -> dict[str, Any]:
    """Give by what it is called all that a section is told to do, and by which rules it is judged. Pure."""
    blueprint = asked["blueprint"]
    told = {name.replace("_", " "): value for name, value in spec.items() if name not in _PLACE}
    told |= {
        "document's title": asked["title"],
        "language": asked.get("language", "en"),
        "locale": asked["options"].get("locale", ""),
        "rules": [dict(rule) for rule in rules_for(spec, blueprint["rules"])],
        "declared agents": [agent for agent in blueprint["agents"] if _takes_part(agent["name"], spec)],
    }
    if spec.get("show") or spec.get("compute"):
        told["record types"] = blueprint.get("records", {})
        told["records"] = asked.get("records", {})
    return told


async def made_with(run: Run, spec: Mapping[str, Any]) -> dict[str, str]:
    """Give the models that are to be asked for a section, by agent, and the digest of what they are told."""
    if spec["kind"] != "prose" or (writer := await models_for(run, "writer", spec["model"])) is None:
        return {}
    made = {"writer": writer[0]}
    declared = [agent["name"] for agent in run.request["blueprint"]["agents"]]
    for agent in ("researcher", "verifier", *JUDGES, *declared):
        if agent not in JUDGES + tuple(declared) or _takes_part(agent, spec):
            models = await models_for(run, agent)
            made |= {agent: models[0]} if models else {}
    return made | {PROMPTS: prompts_digest()}


@cache
def prompts_digest() -> str:
    """Give the digest of what the agents of a section tell their models."""
    agents = files("quire.graphs.agents")
    texts = [
        (agent, prompt.name, prompt.read_bytes())
        for agent in ("researcher", "writer", "verifier", *JUDGES, "section")
        for prompt in sorted((agents / agent / "prompts").iterdir(), key=lambda each: each.name)
    ]
    return hashlib.sha256(repr(texts).encode()).hexdigest()[:16]


def _takes_part(agent: str, spec: Mapping[str, Any]) -> bool:
    chosen: Iterable[str] | None = spec.get("agents")
    return chosen is None or agent in chosen
