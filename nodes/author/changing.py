"""What has changed in the sections that one builds on: what its writer is told, and which of its claims that touches.

Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from quire.nodes.evidence.content import Claim, Evidence, SectionContent, claim, claims_of
from quire.nodes.evidence.from_passages import from_brief


class Changed(NamedTuple):
    """A section that says something else than it did."""

    title: str
    gone: tuple[Claim, ...]
    """What it no longer says."""
    new: tuple[Claim, ...]

    def told(self) -> str:
        """Put it into words, a line each."""
        gone = [f"- it no longer says: {_line(made)}" for made in self.gone]
        return "\n".join([f"{self.title}:", *gone, *(f"- it says now: {_line(made)}" for made in self.new)])


def changed(before: Mapping[str, SectionContent], now: Mapping[str, SectionContent]) -> list[Changed]:
    """Compare sections as they were read with what they say now, statement by statement."""
    found = []
    for name in dict.fromkeys([*before, *now]):
        old, new = _stated(before.get(name)), _stated(now.get(name))
        gone = tuple(made for words, made in old.items() if words not in new)
        came = tuple(made for words, made in new.items() if words not in old)
        if gone or came:
            found.append(Changed(name.replace("-", " "), gone, came))
    return found


def changed_values(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Changed]:
    """Compare the facts of a brief as they were with what they are now."""
    names = [name for name in dict.fromkeys([*before, *now]) if before.get(name) != now.get(name)]
    gone, new = (tuple(_of_brief(name, facts[name]) for name in names if name in facts) for facts in (before, now))
    return [Changed("facts of the brief", gone, new)] if names else []


def untouched(claims: Mapping[str, Claim], by: Sequence[Changed]) -> dict[str, Claim]:
    """Give the claims that rest on nothing which a section that they may build on no longer says."""
    gone = {_key(e) for one in by for made in one.gone for e in made["evidence"]}
    return {name: made for name, made in claims.items() if not gone & {_key(e) for e in made["evidence"]}}


def _of_brief(name: str, value: Any) -> Claim:
    evidence = from_brief(name, value)
    return claim(f"{name.replace('_', ' ')}: {evidence['quote']}", "brief", evidence)


def _stated(content: SectionContent | None) -> dict[str, Claim]:
    return {_line(made): made for made in _claims(content) if made["basis"] != "fixed"} if content else {}


def _claims(content: SectionContent) -> Iterator[Claim]:
    for block in content["blocks"]:
        yield from claims_of(block)


def _key(evidence: Evidence) -> tuple[str, str, str]:
    return evidence["source"], evidence["address"], evidence["quote"]


def _line(made: Claim) -> str:
    return " ".join(made["text"].split())
