"""Persons' words in a section: they are put in, and stay through every draft, marked as what they are. Pure.

A person edits a claim, by its name and the words that it had then. Whoever drafts the section after that, model or
code, may change what stands around these words and never the words; where a draft lacks them, they are put back where
they stood.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from quire.nodes.evidence.claims import in_blocks, with_ids, without
from quire.nodes.evidence.content import Block, Claim, Person, Removed, SectionContent, claims_of, digest_of


class Edit(NamedTuple):
    """A person's change of one claim."""

    claim: str
    """The claim's name."""
    was: str
    """Its words, as the person saw them."""
    text: str
    """The person's words; empty: the claim goes."""
    behind: bool = False
    """The words stand behind the claim, and it stays."""
    by: str = ""
    """Who it was, if that was told."""
    before: bool = False
    """The words stand before the claim, and it stays."""
    moves: str = ""
    """Name of the claim that says these words, and goes from where it stood."""

    @property
    def adds(self) -> bool:
        """Whether the words stand beside the claim, and not in its place."""
        return self.behind or self.before


def edit_of(data: Mapping[str, Any]) -> Edit:
    """Read an edit from the data of its event."""
    return Edit(**{name: data[name] for name in Edit._fields if name in data})


def digest_of_claim(made: Claim) -> str:
    """Give the digest of a claim's words, which an edit names as what it is based on."""
    return digest_of([made["text"]])[:16]


def nameable(content: SectionContent) -> SectionContent:
    """Give a section all of whose claims have a name by which they can be edited."""
    return with_ids(content)


def edited(content: SectionContent, edits: Iterable[Edit], stood: SectionContent | None = None) -> SectionContent:
    """Give a section with edits made to it, one after the other. One that was made already changes nothing.

    Args:
        content: of the section.
        edits: what persons changed.
        stood: the section as they saw it, if what they edited may say something else now.

    """
    for edit in edits:
        content = _edited(content, edit, stood)
    return content


def kept(draft: SectionContent, before: SectionContent | None) -> SectionContent:
    """Give a draft in which every word stands that persons have put into the section, and nothing they took out.

    Args:
        draft: the new text, whoever wrote it.
        before: the section as it was.

    """
    if before is None or not (has_persons(before) or before.get("removed")):
        return draft
    whole = _without_removed(draft, before.get("removed", []))
    order = [c for block in nameable(before)["blocks"] for c in claims_of(block)]
    for place, made in enumerate(order):
        if "person" in made:
            whole = _put_back(whole, made, before=order[:place], behind=order[place + 1 :])
    return whole


def without_removed(content: SectionContent) -> SectionContent:
    """Give a section without what persons took out of it, where it is stated again."""
    return _without_removed(content, content.get("removed", []))


def persons_of(content: SectionContent) -> list[Claim]:
    """Give the claims whose words are a person's."""
    return [c for block in content["blocks"] for c in claims_of(block) if "person" in c]


def has_persons(content: SectionContent) -> bool:
    """Whether any of a section's words are a person's."""
    return bool(persons_of(content))


def _edited(content: SectionContent, edit: Edit, stood: SectionContent | None) -> SectionContent:
    target = _target(content, edit)
    if _is_made(content, edit, target):
        return content
    if not edit.text:
        gone = Removed(text=target["text"] if target else edit.was, by=edit.by)
        left = _taken_out(content, target) if target else content
        return {**left, "removed": [*left.get("removed", []), gone]}
    if edit.moves and (moving := _moving(content, edit)) is not None:
        return _beside_target(_taken_out(content, moving), _moved(edit, moving), edit, target)
    if target is None or edit.adds:
        return _beside_target(content, _resting_on(_own(edit, None), edit, target, stood), edit, target)
    new = _resting_on(_own(edit, target), edit, target, stood)
    return in_blocks(content, lambda c: new if c is target else c)


def _is_made(content: SectionContent, edit: Edit, target: Claim | None) -> bool:
    if not edit.text:
        return target is None and any(_folded(r["text"]) == _folded(edit.was) for r in content.get("removed", []))
    return any(c["text"] == edit.text and _person(c).get("was", "") == _was(edit) for c in persons_of(content))


def _target(content: SectionContent, edit: Edit) -> Claim | None:
    """Find the claim that an edit is about: by name and words, by its words, or by its name."""
    claims = [c for block in content["blocks"] for c in claims_of(block)]
    names = [c for block in nameable(content)["blocks"] for c in claims_of(block)]
    pairs = list(zip(claims, names, strict=True))
    tries: list[Callable[[Claim, Claim], bool]] = [
        lambda c, n: n["id"] == edit.claim and c["text"] == edit.was,
        lambda c, _n: c["text"] == edit.was,
        lambda c, n: c.get("id") == edit.claim and bool(edit.text) and n["id"] == edit.claim,
    ]
    return next((c for fits in tries for c, n in pairs if fits(c, n)), None)


def _beside_target(content: SectionContent, made: Claim, edit: Edit, target: Claim | None) -> SectionContent:
    """Put a claim before or behind the one that an edit names; where that is gone, at the end."""
    there = [target] if target else []
    return _inserted(content, made, [], there) if edit.before else _inserted(content, made, there, [])


def _moving(content: SectionContent, edit: Edit) -> Claim | None:
    """Find the claim that an edit moves: by name and words, or by its words."""
    claims = [c for block in content["blocks"] for c in claims_of(block) if c["text"] == edit.text]
    return next((c for c in claims if c.get("id") == edit.moves), next(iter(claims), None))


def _moved(edit: Edit, moving: Claim) -> Claim:
    """Make the claim that a person moved: it says what it said, on what it stood on."""
    if "person" in moving:
        return moving
    return Claim(**{**moving, "person": Person(was=edit.text, by=edit.by)})


def _own(edit: Edit, target: Claim | None) -> Claim:
    """Make the claim of a person's words: on the evidence of the words that they replace."""
    person = Person(was=_was(edit), by=edit.by)
    if target is not None and target["text"] != edit.was and "person" not in target:
        person["instead_of"] = target["text"]
    if target is None or edit.adds:
        return Claim(text=edit.text, basis="source", evidence=[], kind="fact", person=person)
    made: dict[str, Any] = {key: value for key, value in target.items() if key in _STAYS}
    basis = target["basis"] if target["basis"] in ("source", "brief") else "source"
    return Claim(**{**made, "text": edit.text, "basis": basis, "kind": "fact", "person": person})  # type: ignore[typeddict-item]


def _resting_on(own: Claim, edit: Edit, target: Claim | None, stood: SectionContent | None) -> Claim:
    """Have a person's words rest on what the words rested on that they saw, where these are not there any more."""
    if stood is None or edit.adds or (target is not None and target["text"] == edit.was):
        return own
    seen = next((c for c in _all(stood) if c["text"] == edit.was), None)
    return own if seen is None else {**own, "evidence": seen["evidence"]}


def _was(edit: Edit) -> str:
    if edit.moves:
        return edit.text
    return "" if edit.adds else edit.was


_NAMELESS = "c0"
"""The name of a claim for as long as it takes to take it out."""
_STAYS = frozenset({"id", "evidence", "item", "lead"})
"""What a claim keeps whose words are replaced by a person's."""


def _put_back(content: SectionContent, made: Claim, before: Sequence[Claim], behind: Sequence[Claim]) -> SectionContent:
    """See to it that a person's claim stands in a section: in the place of what has its name, or where it stood."""
    claims = [c for block in content["blocks"] for c in claims_of(block)]
    same = next((c for c in claims if c["text"] == made["text"]), None)
    was = _person(made).get("was")
    same = same or next((c for c in claims if was and c["text"] == was and "person" not in c), None)
    same = same or next((c for c in claims if "id" in made and c.get("id") == made["id"] and "person" not in c), None)
    if same is not None:
        own = Claim(**_nameless_if_taken(_beside(made, same), content, same))  # type: ignore[typeddict-item]
        return in_blocks(content, lambda c: own if c is same else c)
    return _inserted(content, made, list(reversed(before)), behind)


def _beside(made: Claim, same: Claim) -> Claim:
    """Give a person's claim in the place of another; what that one said is kept beside it, if it is something else."""
    own = made.copy()
    own.pop("item", None)
    if "item" in same:
        own["item"] = same["item"]
    person = _person(made)
    if same["text"] not in (made["text"], person.get("was")) and "person" not in same:
        own["person"] = Person(**{**person, "instead_of": same["text"]})  # type: ignore[typeddict-item]
    return own


def _inserted(content: SectionContent, made: Claim, before: Sequence[Claim], behind: Sequence[Claim]) -> SectionContent:
    """Put a claim behind the nearest of those that stood before it, or before the nearest of those behind it."""
    lone = _nameless_if_taken({key: value for key, value in made.items() if key != "item"}, content, None)
    for offset, neighbours in ((1, before), (0, behind)):
        for neighbour in neighbours:
            if (place := _place(content, neighbour)) is not None:
                return _at(content, place[0], place[1] + offset, lone)
    own: Block = {"kind": "paragraph", "claims": [Claim(**lone)]}  # type: ignore[typeddict-item]
    return {**content, "blocks": [*content["blocks"], own]}


def _at(content: SectionContent, block: int, at: int, made: Mapping[str, Any]) -> SectionContent:
    """Put a claim into a block; beside a table, which has no place for one more sentence, into a paragraph."""
    blocks = list(content["blocks"])
    own = Claim(**made)  # type: ignore[typeddict-item]
    if "claims" not in blocks[block]:
        blocks.insert(block + 1, {"kind": "paragraph", "claims": [own]})
        return {**content, "blocks": blocks}
    into = blocks[block].copy()
    claims = list(into["claims"])
    if 0 < at <= len(claims) and "item" in claims[at - 1]:
        own["item"] = claims[at - 1]["item"]
    claims.insert(at, own)
    into["claims"] = claims
    blocks[block] = into
    return {**content, "blocks": blocks}


def _place(content: SectionContent, made: Claim) -> tuple[int, int] | None:
    """Find the block and the place in it of a claim, by its words or its name."""
    places = [(n, at, c) for n, block in enumerate(content["blocks"]) for at, c in enumerate(claims_of(block))]
    by_words = [(n, at) for n, at, c in places if c["text"] == made["text"]]
    by_name = [(n, at) for n, at, c in places if "id" in made and c.get("id") == made["id"]]
    return next(iter([*by_words, *by_name]), None)


def _without_removed(content: SectionContent, removed: Sequence[Removed]) -> SectionContent:
    """Take out what persons took out, where it is stated again; what they took out stays known."""
    folded = {_folded(r["text"]) for r in removed}
    left = content
    for made in list(_all(content)):
        if _folded(made["text"]) in folded and "person" not in made:
            left = _taken_out(left, made)
    known = [*left.get("removed", []), *(r for r in removed if r not in left.get("removed", []))]
    return {**left, "removed": known} if known else left


def _taken_out(content: SectionContent, target: Claim) -> SectionContent:
    """Take a claim out, and no other that may bear its name: it gets one of its own for as long as that takes."""
    marked = in_blocks(content, lambda c: {**c, "id": _NAMELESS} if c is target else c)
    left, _ = without(marked, {_NAMELESS})
    return left


def _nameless_if_taken(made: Mapping[str, Any], content: SectionContent, instead_of: Claim | None) -> dict[str, Any]:
    """Give a claim that is put into a section without its name, if another one there bears it."""
    taken = {c["id"] for c in _all(content) if c is not instead_of and "id" in c}
    return {key: value for key, value in made.items() if key != "id" or value not in taken}


def _all(content: SectionContent) -> Iterator[Claim]:
    for block in content["blocks"]:
        yield from claims_of(block)


def _person(made: Claim) -> Mapping[str, Any]:
    return made.get("person", {})


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(" .…")
