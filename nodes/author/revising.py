"""Revising by claim: what stands is kept word for word, and only what changed is judged again. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from quire.nodes.author.grounds import Ground
from quire.nodes.author.placing import Placeable
from quire.nodes.evidence.claims import kind_of, named
from quire.nodes.evidence.content import Block, Claim, SectionContent, claims_of, items_of
from quire.nodes.evidence.marks import MOST_NAMED

Place: TypeAlias = tuple[str, str, str]
"""Source, address and words of a piece of evidence."""


class Numbers(NamedTuple):
    """What the writer was given, by number."""

    held: Mapping[str, frozenset[Place]]
    """What each stands on."""
    worked_out: Mapping[str, str]
    """The words of what code worked out."""


ALIKE = 0.7
"""Share of words that two wordings have in common if one is the other, slightly reworded."""
_RULES: Final = {"left": "---", "right": "--:", "center": ":-:"}
"""What stands below a column's title."""
_QUOTED = re.compile("“([^”]{3,})”")
_WORD = re.compile(r"\w+")


def accepted(content: SectionContent, findings: Sequence[Mapping[str, Any]], *, anew: bool = True) -> dict[str, Claim]:
    """Give the claims that nobody objected to, by name; none where the draft is to be written anew.

    Args:
        content: the last draft.
        findings: what was objected to in it. One is about the claim that its place names, else about the claims
            whose words it quotes, and where it quotes none, about all of them.
        anew: where nothing was objected to, all is written anew; otherwise all stands.

    """
    claims = named(content)
    about = [_about(f, claims) for f in findings]
    if not all(about):
        return {}
    objected = {name for names in about for name in names}
    return {
        c["id"]: c for c in claims if (objected or not anew) and c["id"] not in objected and c["basis"] != "unsupported"
    }


def _about(finding: Mapping[str, Any], claims: Sequence[Claim]) -> set[str]:
    named_there = str(finding.get("where", "")).rpartition(", ")[2]
    if any(c["id"] == named_there for c in claims):
        return {named_there}  # its message may quote figures that other claims state rightly
    quoted = [folded for q in _QUOTED.findall(str(finding["message"])) if (folded := _folded(q))]
    return {c["id"] for c in claims if any(q in _folded(c["text"]) for q in quoted)}


def unchanged(made: Claim, before: Mapping[str, Claim]) -> str:
    """Name the claim whose very words these are, on the same evidence; empty if there is none."""
    same = (name for name, known in before.items() if known["text"] == made["text"])
    return next((name for name in same if _stands_on(before[name]) == _stands_on(made)), "")


def the_same(made: Claim, before: Mapping[str, Claim]) -> str:
    """Name the claim that this one is, by what it stands on and most of its words; empty if it is new."""
    for name, known in before.items():
        alike = made["text"] == known["text"] or (kind_of(made) == kind_of(known) and _alike(made, known))
        if _stands_on(made) == _stands_on(known) and alike:
            return name
    return ""


def shown_draft(
    content: SectionContent,
    stands: Mapping[str, Claim],
    grounds: Mapping[str, Ground],
    tables: Mapping[str, Placeable],
) -> str:
    """Show a draft as it was written, each statement with its name and whether it stands."""
    numbers = Numbers(
        {name: frozenset(map(_key, ground.evidence)) for name, ground in grounds.items()},
        {name: ground.how for name, ground in grounds.items() if ground.how},
    )
    shown: list[str] = []
    for block, name in _with_pieces(content["blocks"], tables):
        text = f"[[{name}]]" if name else "\n".join(_lines(block, stands, numbers))
        shown += [text] if text != (shown[-1:] or [""])[0] else []
    return "\n\n".join(shown)


def _with_pieces(blocks: Sequence[Block], tables: Mapping[str, Placeable]) -> Iterator[tuple[Block, str]]:
    """Give blocks, each with the number of the computed piece that it is of; each piece stands in one place."""
    begun: list[str] = []
    for n, block in enumerate(blocks):
        same = [name for name, piece in tables.items() if _is_of(piece, blocks[n : n + 2])]
        name = next((name for name in same if name in begun[-1:] or name not in begun), "")
        begun += [name] if name and name not in begun else []
        yield block, name


def _is_of(piece: Placeable, blocks: Sequence[Block]) -> bool:
    """Whether a block is of a piece; a heading only if what it heads is as well, else a writer may have put it."""
    words = list(map(_words, piece.blocks))
    heads = blocks[0]["kind"] == "heading" and len(words) > 1
    return all(_words(block) in words for block in blocks[: 1 + heads])


def _lines(block: Block, stands: Mapping[str, Claim], numbers: Numbers) -> Iterator[str]:
    match block["kind"]:
        case "heading":
            yield f"{'#' * block.get('depth', 3)} {block.get('text', '')}"
        case "table" | "facts" | "chart":
            columns = block.get("columns", [])
            yield "| " + " | ".join(c["title"] for c in columns) + " |"
            yield "|" + "".join(f"{_RULES[c['align']]}|" for c in columns)
            for row in block.get("rows", []):
                yield "| " + " | ".join(_shown(c, stands, numbers) for c in row) + " |"
        case "list":
            begin = "1." if block.get("ordered") else "-"
            yield from (f"{begin} {' '.join(_shown(c, stands, numbers) for c in item)}" for item in items_of(block))
        case kind:
            if kind == "note":
                yield f"> [!{'WARNING' if block.get('level') == 'warning' else 'NOTE'}]"
            said = " ".join(_shown(c, stands, numbers) for c in claims_of(block))
            yield f"> {said}" if kind in {"quote", "note"} else said


def _shown(made: Claim, stands: Mapping[str, Claim], numbers: Numbers) -> str:
    if made["basis"] == "fixed":
        return made["text"]
    name = made.get("id", "")
    how = f", worked out as {made['how']}" if made.get("kind") == "computed" and "how" in made else ""
    what = f" {{{name} {'stands' if name in stands else 'goes back'}{how}}}" if name else ""
    lead = f"**{made['lead']}** " if made.get("lead") else ""
    return f"{lead}{made['text']}{_mark(made, numbers)}{what}"


def _mark(made: Claim, numbers: Numbers) -> str:
    if made.get("kind") == "gap":
        return f" [∅ looked: {made.get('looked', '')}]"
    if made.get("kind") == "inference":
        return f" [⇒ {', '.join(made.get('premises', []))}]"
    names, places = _worked_out(made, numbers.worked_out), _stands_on(made)
    by_code = [numbers.held[name] for name in names] if made["basis"] == "computed" else []
    held = {name: places for name, places in numbers.held.items() if name not in numbers.worked_out}
    names = list(dict.fromkeys([*names, *_names_of(places.difference(*by_code), places, held)]))
    if len(names) > MOST_NAMED:  # a reckoning may name more than a mark: its own name stands for all
        names = [made.get("id", "")]
    return f" [{', '.join(names)}]" if any(names) else ""


def _worked_out(made: Claim, words: Mapping[str, str]) -> list[str]:
    """Name what of that which code worked out a statement stands on: its words are how it was computed."""
    how = made.get("how", "")
    return [name for name, said in words.items() if said in how] if how else []


def _names_of(wanted: frozenset[Place], places: frozenset[Place], numbers: Mapping[str, frozenset[Place]]) -> list[str]:
    """Name what is wanted of what a statement stands on by as few numbers as hold it, and by none that holds more."""
    left, names = set(wanted), list[str]()
    fitting = {name: held for name, held in numbers.items() if held and held <= places}
    while fitting and (best := max(fitting, key=lambda name: len(fitting[name] & left))) and fitting[best] & left:
        left -= fitting[best]
        names.append(best)
    return [name for name in numbers if name in names]


def _words(block: Block) -> tuple[str, str, list[str]]:
    """Give what a block says, whatever its claims are called by now."""
    return block["kind"], block.get("text", ""), [made["text"] for made in claims_of(block)]


def _stands_on(made: Claim) -> frozenset[Place]:
    return frozenset(_key(e) for e in made["evidence"])


def _key(evidence: Mapping[str, Any]) -> Place:
    return evidence["source"], evidence["address"], evidence["quote"]


def _alike(one: Claim, other: Claim) -> bool:
    ours, theirs = set(_WORD.findall(one["text"].casefold())), set(_WORD.findall(other["text"].casefold()))
    return len(ours & theirs) >= ALIKE * max(len(ours | theirs), 1)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(" .…")
