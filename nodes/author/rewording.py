"""The editor's proposals by claim: other words for the same, or nothing where something is told twice. Pure.

A proposal keeps every figure, date and name of its claim, and rests on the same evidence; so whoever has read the claim
has read nothing else. What would change one is no proposal: it is said of the section, which is then written again.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NotRequired, TypeAlias, cast

from typing_extensions import TypedDict

from quire.nodes.evidence.claims import kind_of, named, without
from quire.nodes.evidence.content import Block, Claim, Judged, SectionContent, claims_of, items_of
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.finding import figures_in

MOST = 24
"""Proposals of one reading."""
_PROSE = frozenset({"paragraph", "list", "note"})
_NAME = re.compile(r"\b[A-Z][\w&-]*|\b\w*\d[\w-]*")
_BEGINS = re.compile(r"(?:^|[.!?])\s*$")
"""What stands before the first word of a sentence."""
_SPELLING = re.compile(r"[\s°]+")
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2212", "-----")
_SHOWN_NAME = re.compile(r"\s*\{c\d+\}")

Fate: TypeAlias = Literal["reworded", "unheard", "changes"]
"""``changes``: it would state something else."""


class Rewording(TypedDict):
    """Other words for a claim; none where it is told elsewhere as well."""

    section: str
    claim: str
    before: str
    text: str
    twice: str
    """Where it is told as well, for one that goes: ``findings c2``."""
    why: str
    judged: NotRequired[Judged]
    """What was found when the new words were held against the evidence."""


def with_rewordings(schema: Mapping[str, Any], sections: Sequence[str]) -> dict[str, Any]:
    """Give a schema of a reading in which claims may be worded otherwise; a reply may leave the list out."""
    sizes = {"claim": 12, "text": 1200, "twice": 90, "why": 300}
    properties = {name: {"type": "string", "maxLength": most} for name, most in sizes.items()}
    proposed = {
        "type": "object",
        "properties": {"section": {"type": "string", "enum": list(sections)}, **properties},
        "required": ["section", *sizes],
        "additionalProperties": False,
    }
    listed = {"type": "array", "items": proposed, "maxItems": MOST, "default": []}
    return {
        **schema,
        "properties": {**schema["properties"], "rewordings": listed},
        "required": [*schema["required"], "rewordings"],
    }


def shown_with_names(content: SectionContent) -> str:
    """Show a section to the editor, each statement of its prose with its name."""
    return "\n\n".join(_shown(block) for block in content["blocks"])


def without_names(text: str) -> str:
    """Take the names of claims out of words that were quoted with them."""
    return _SHOWN_NAME.sub("", text)


def proposals(
    reply: Iterable[Mapping[str, Any]], contents: Mapping[str, SectionContent]
) -> Iterator[tuple[Rewording, Claim]]:
    """Give what is proposed for claims that there are, of each claim the first."""
    known = {(section, c["id"]): c for section, content in contents.items() for c in _prose(content)}
    for said in reply:
        made = known.pop((str(said["section"]), str(said["claim"])), None)
        text = without_names(" ".join(str(said["text"]).split()))
        if made is not None and text != made["text"]:
            told = {key: " ".join(str(said[key]).split()) for key in ("section", "claim", "twice", "why")}
            yield cast("Rewording", {**told, "before": made["text"], "text": text}), made


def fate_of(
    proposed: Rewording, contents: Mapping[str, SectionContent], titles: Collection[str], convention: Convention
) -> Fate:
    """Say whether other words for a claim are only other words.

    Args:
        proposed: what is proposed.
        contents: the sections.
        titles: of all sections: what refers to one may name it.
        convention: how the document writes figures.

    """
    claims = {c["id"]: c for c in named(contents[proposed["section"]])}
    if kind_of(claims[proposed["claim"]]) == "gap" or not proposed["text"]:
        return "unheard"  # what was looked for is found again by its very words
    after = proposed["text"]
    for title in sorted(titles, key=len, reverse=True):
        after = after.replace(title, "")
    return "reworded" if _states_the_same(proposed["before"], after, convention) else "changes"


def reworded(section: str, content: SectionContent, proposed: Iterable[Mapping[str, Any]]) -> SectionContent:
    """Give a section with the words that were proposed for its claims.

    Args:
        section: its id.
        content: what it says.
        proposed: for any sections (:class:`Rewording`).

    """
    own = {str(p["claim"]): cast("Rewording", p) for p in proposed if p["section"] == section}
    left, _ = without(content, {name for name, p in own.items() if not p["text"]})
    return {**left, "blocks": [_anew(block, own) for block in left["blocks"]]} if own else content


def _anew(block: Block, own: Mapping[str, Rewording]) -> Block:
    if block["kind"] not in _PROSE:
        return block
    return {**block, "claims": [_in_otherwords_of(made, own.get(made.get("id", ""))) for made in block["claims"]]}


def _in_otherwords_of(made: Claim, proposed: Rewording | None) -> Claim:
    if proposed is None:
        return made
    worded: Claim = {**made, "text": proposed["text"]}
    return {**worded, "verdict": proposed["judged"]} if "judged" in proposed else worded


def _states_the_same(before: str, after: str, convention: Convention) -> bool:
    if _unspaced(before) == _unspaced(after):
        return True
    if figures_of(before, convention) != figures_of(after, convention) or minuses_in(before) != minuses_in(after):
        return False
    return names_in(before) <= words_of(after) and names_in(after) <= words_of(before)


def _unspaced(text: str) -> str:
    """Give a text without what is only spelling: blanks, the sign of degrees, the length of dashes."""
    return _SPELLING.sub("", text.translate(_DASHES)).casefold()


def minuses_in(text: str) -> int:
    """Count the numbers with a minus, also those that are read as no figure (``-25C``)."""
    return len(re.findall(r"(?<![\w.)])-(?=\d)", text.translate(_DASHES)))


def figures_of(text: str, convention: Convention) -> Counter[tuple[str, str]]:
    """Give the figures of a text, dates among them, each with its unit, and how often it stands there."""
    return Counter((str(f.value), str(f.unit)) for f in figures_in(text, convention))


def names_in(text: str) -> set[str]:
    """Give the names of a text: what is written large within a sentence, and what holds a digit."""
    found = (match for match in _NAME.finditer(text) if not _BEGINS.search(text[: match.start()]))
    return {match[0].casefold() for match in found}


def words_of(text: str) -> set[str]:
    """Give the words of a text."""
    return {word.casefold() for word in re.findall(r"[\w&][\w&-]*", text)}


def _prose(content: SectionContent) -> Iterator[Claim]:
    """Give the claims that may be worded otherwise: sentences and items, but none whose words are a person's."""
    for block in content["blocks"]:
        if block["kind"] in _PROSE:
            yield from (c for c in claims_of(block) if "id" in c and "person" not in c)


def _shown(block: Block) -> str:
    match block["kind"]:
        case "heading":
            return f"### {block.get('text', '')}"
        case "table" | "facts":
            titles = [[column["title"] for column in block.get("columns", [])]]
            rows = [*titles, *([_named(cell) for cell in row] for row in block.get("rows", []))]
            return "\n".join(" | ".join(row) for row in rows if row)
        case "list":
            return "\n".join(f"- {' '.join(map(_named, item))}" for item in items_of(block))
    return " ".join(_named(c) for c in claims_of(block))


def _named(made: Claim) -> str:
    said = f"{made.get('lead', '')} {made['text']}".strip()
    return f"{said} {{{made['id']}}}" if "id" in made else said
