"""What two versions of a document say differently, claim by claim. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from typing_extensions import TypedDict

from quire.nodes.evidence.content import Claim, claims_of
from quire.nodes.render.document import Document

Change: TypeAlias = Literal["said", "no longer said", "changed", "newly supported", "no longer supported"]
ALIKE = 0.5
"""Share of words that two claims have in common at least, if one is the other in other words."""
_WORD = re.compile(r"\w+")


class ChangedClaim(TypedDict):
    """A claim that two versions say differently."""

    section: str
    change: Change
    before: str
    """What the earlier one says; empty: nothing."""
    now: str
    """What the later one says; empty: nothing."""


def changed_claims(before: Document, now: Document) -> list[ChangedClaim]:
    """Compare two versions, section by section, in the order of the later one."""
    old, new = _claims(before), _claims(now)
    sections = [*new, *(section for section in old if section not in new)]
    return [found for section in sections for found in _changed(section, old.get(section, []), new.get(section, []))]


def _changed(section: str, before: Sequence[Claim], now: Sequence[Claim]) -> Iterator[ChangedClaim]:
    was = counterparts(before, now)
    for place, made in enumerate(now):
        old = was.get(place)
        if old is None:
            yield ChangedClaim(section=section, change="said", before="", now=made["text"])
        elif says_otherwise(old, made):
            yield ChangedClaim(section=section, change="changed", before=old["text"], now=made["text"])
        elif _holds(old) != _holds(made):
            change: Change = "newly supported" if _holds(made) else "no longer supported"
            yield ChangedClaim(section=section, change=change, before=old["text"], now=made["text"])
    paired = {id(old) for old in was.values()}
    for old in before:
        if id(old) not in paired:
            yield ChangedClaim(section=section, change="no longer said", before=old["text"], now="")


def counterparts(before: Sequence[Claim], now: Sequence[Claim]) -> dict[int, Claim]:
    """Give by its place which earlier claim each later one is: in the same words, a person's in its place, alike."""
    left, found = list(before), dict[int, Claim]()
    for is_same in (lambda a, b: float(_folded(a) == _folded(b)), _by_person, _by_name, _share):
        for place, made in enumerate(now):
            if place in found:
                continue
            best = max(left, key=lambda old: is_same(old, made), default=None)
            if best is not None and is_same(best, made) >= ALIKE:
                found[place] = best
                left = [old for old in left if old is not best]
    return found


def _by_person(old: Claim, new: Claim) -> float:
    """Say whether a person has put a claim in the place of the other."""
    return float("person" in new and new["person"]["was"] == old["text"])


def _by_name(old: Claim, new: Claim) -> float:
    """Say how alike two claims of one name are; a name that was given anew may stand for something else."""
    return 2 * _share(old, new) if "id" in old and old["id"] == new.get("id") else 0.0


def _share(old: Claim, new: Claim) -> float:
    ours, theirs = set(_WORD.findall(_folded(old))), set(_WORD.findall(_folded(new)))
    return len(ours & theirs) / max(len(ours | theirs), 1)


def says_otherwise(old: Claim, new: Claim) -> bool:
    """Whether two claims differ in more than white space and case."""
    return _folded(old) != _folded(new)


def states(made: Claim) -> bool:
    """Whether a claim says something of the subject: no title, and no empty cell."""
    return made["basis"] != "fixed" and bool(made["text"].strip())


def _claims(document: Document) -> dict[str, list[Claim]]:
    return {
        section["id"]: [made for block in section["content"]["blocks"] for made in claims_of(block) if states(made)]
        for section in document["sections"]
        if "content" in section
    }


def _holds(made: Claim) -> bool:
    verdict: Mapping[str, object] = made.get("verdict", {"verdict": "supported"})
    return made["basis"] != "unsupported" and verdict["verdict"] == "supported"


def _folded(made: Claim) -> str:
    return " ".join(made["text"].split()).casefold()
