"""Why a section is written again, or stands: what it was made from compared with what it would be made from. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from quire.graphs.agents.arbiter.events import SectionApproved
from quire.graphs.run.changes import reads_fact
from quire.graphs.run.earlier import EarlierSection
from quire.graphs.versions.told import PROMPTS
from quire.nodes.search.queries import questions_of, subject_of


class Now(NamedTuple):
    """What a section would be made from."""

    told: Mapping[str, Any]
    facts: Sequence[str]
    """Names of the facts that are others now and reach it."""
    sources: Sequence[str]
    """What is other about its sources, in words."""
    builds_on: Mapping[str, str | None]
    """By section: the digest of what that one says; ``None``: it is written again, and may say anything."""
    made_with: Mapping[str, str]
    asks_person: bool = False
    """A person is to approve it."""


def why_anew(before: EarlierSection | None, now: Now) -> list[str]:
    """Say why a section is written again, each reason in a few words; nothing where it stands."""
    if before is None:
        return ["it is new"]
    if before["closed"] != SectionApproved.__name__ or "approval" not in before:
        return ["it was not written"]
    return [
        *_told(before["told"], now.told),
        *(f"the fact “{name}” is another one" for name in now.facts),
        *now.sources,
        *_built_on(before["builds_on"], now.builds_on),
        *_models(before["made_with"], now.made_with),
        *(["a person is to approve it, and none has"] if now.asks_person and not before["by_person"] else []),
    ]


def facts_that_reach(before: Mapping[str, Any], now: Mapping[str, Any], section: EarlierSection) -> list[str]:
    """Name the facts that are others now and can reach what a section says."""
    spec, content = section["spec"], section.get("approval", {}).get("content")
    changed = [n for n in dict.fromkeys([*before, *now]) if before.get(n) != now.get(n)]
    return [n for n in changed if reads_fact(spec, content, n) or _searches_for(n, spec, before, now)]


def _searches_for(name: str, spec: Mapping[str, Any], before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether the sources are searched otherwise with another fact."""
    old, new = {name: before.get(name)}, {name: now.get(name)}
    return questions_of(spec, old) != questions_of(spec, new) or subject_of(old) != subject_of(new)


def _told(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    names = [n for n in dict.fromkeys([*before, *now]) if before.get(n) != now.get(n)]
    return [f"its {name} changed" if "document" not in name else f"the {name} changed" for name in names]


def _built_on(before: Mapping[str, str], now: Mapping[str, str | None]) -> list[str]:
    changed = [n for n in dict.fromkeys([*before, *now]) if before.get(n) != now.get(n)]
    told = {n: "is written again" if n in now and now[n] is None else "says something else" for n in changed}
    return [f"it builds on “{name}”, which {what if name in now else 'is no more'}" for name, what in told.items()]


def _models(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Say which models are others; where there is none now, nobody could write better what one has written."""
    if not now:
        return []
    names = [n for n in dict.fromkeys([*before, *now]) if before.get(n) != now.get(n)]
    asked = [
        f"the {n} is asked of {now.get(n, 'nobody')}, was of {before.get(n, 'nobody')}" for n in names if n != PROMPTS
    ]
    return asked or (["what its agents tell their models changed"] if PROMPTS in names else [])
