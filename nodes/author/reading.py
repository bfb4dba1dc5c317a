"""Reading with a model: what a judge is asked about a text, and which of its objections count.

An objection must quote the text it is about. One that quotes what is not there is about nothing and is dropped:
a model's word alone sends nothing back.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from quire.nodes.computations.materials import Finding
from quire.nodes.evidence.content import Claim, Evidence, SectionContent, claims_of, items_of
from quire.nodes.model.material import material
from quire.nodes.model.request import Fenced, Request
from quire.nodes.support.carried import invents_figures

_NUMBERS = r"[EVPTF]\d{1,4}(?:(?:\s*[,;]\s*|\s+and\s+|\s*[-\u2013]\s*)[EVPTF]\d{1,4})*"
_QUOTED = re.compile("(“[^”]+”): ")
_WORDS = re.compile("[“„](.+?)[”“](?=\\W|$)")
_PASSAGES = re.compile(rf"\s*\((?:see\s+)?{_NUMBERS}\)|\s*\[{_NUMBERS}\]")


def reading_schema(place: str = "", places: Sequence[str] = ()) -> dict[str, Any]:
    """Give the schema of objections, each with its place (a rule, a section) where there are several, and a grade."""
    objection = {
        "type": "object",
        "properties": {
            **({place: {"type": "string", "enum": list(places)}} if place else {}),
            "quote": {"type": "string", "minLength": 1, "maxLength": 400},
            "problem": {"type": "string", "minLength": 1, "maxLength": 600},
        },
        "required": [*([place] if place else []), "quote", "problem"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {
            "grade": {"type": "integer", "minimum": 1, "maximum": 5},
            "objections": {"type": "array", "items": objection, "maxItems": 12},
        },
        "required": ["grade", "objections"],
        "additionalProperties": False,
    }


class Shown(NamedTuple):
    """What all who read a draft are shown, in one order: what it was written from, then the draft."""

    evidence: Sequence[Evidence] = ()
    beside: tuple[str | Fenced, ...] = ()


MOST_PROPOSED = 2
"""Sections that one reading may propose."""
MAY_PROPOSE = (
    "Where the draft touches a matter that readers of the document need and that lies outside of this section, you may "
    "propose a section on it: a title of a few words, what readers miss without it, and the words of the draft that "
    "touch it. None is usual."
)


def with_proposals(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Give a schema of a reading in which sections may be proposed."""
    sizes = {"title": 120, "why": 400, "quote": 400}
    proposed = {
        "type": "object",
        "properties": {name: {"type": "string", "minLength": 1, "maxLength": most} for name, most in sizes.items()},
        "required": list(sizes),
        "additionalProperties": False,
    }
    listed = {"type": "array", "items": proposed, "maxItems": MOST_PROPOSED}
    return {
        **schema,
        "properties": {**schema["properties"], "proposed": listed},
        "required": [*schema["required"], "proposed"],
    }


def request_reading(
    models: tuple[str, str | None],
    system: str,
    schema: Mapping[str, Any],
    asked: Sequence[str | Fenced],
    shown: Shown | None = None,
) -> Request:
    """Ask a judge to read."""
    return Request(
        model=models[0],
        fallback_model=models[1],
        system=system,
        user=tuple(asked),
        evidence=material(shown.evidence) if shown else (),
        beside=shown.beside if shown else (),
        schema=schema,
        schema_name="reading",
        max_tokens=2048,
    )


def text_of(content: SectionContent) -> str:
    """Give a section's words as a judge reads them: a paragraph per block, a line per row or item."""
    return "\n\n".join(_block(block) for block in content["blocks"])


def quoting(objections: Sequence[Mapping[str, Any]], text: str) -> list[Mapping[str, Any]]:
    """Keep the objections whose quotations stand in the text that is judged."""
    folded = _folded(text)
    return [o for o in objections if (quote := _folded(str(o["quote"]))) and quote in folded]


GOOD_ENOUGH = 4
"""The grade from which on a draft stands as it is; what is said beside it are remarks."""


def remarks(findings: Sequence[Finding]) -> list[Finding]:
    """Mark what a model says of a draft that it lets stand: it mends nothing, and is no open objection."""
    return [{**f, "remark": True} if f.get("read") else f for f in findings]


def is_mended(objection: str, before: SectionContent, after: SectionContent) -> bool:
    """Whether the words that an objection quotes stood in a text and, since it was changed, stand there no more."""
    quoted = _WORDS.search(objection)
    words = _folded(quoted[1]) if quoted else ""
    return words in _folded(text_of(before)) and words not in _folded(text_of(after))


def told(objection: Mapping[str, Any]) -> str:
    """Put an objection into words: what it is about, and what is wrong, in the judge's own words."""
    return f"“{objection['quote']}”: {objection['problem']}"


def for_readers(findings: Sequence[Mapping[str, Any]], known: Sequence[str]) -> list[dict[str, Any]]:
    """Give findings as a document's reader may see them.

    A figure in a judge's words is one of the document or of its evidence, or it is none: who reads may have been told
    what to say. Words that bring one in are left out, and what they are about is named. The numbers of passages say
    nothing to a reader.

    Args:
        findings: of any judges.
        known: what the document says, what the judge was shown of its evidence, and what it was told to look for.

    """
    return [{**f, "message": _sifted(str(f["message"]), known)} if f.get("read") else dict(f) for f in findings]


def _sifted(message: str, known: Sequence[str]) -> str:
    message = _PASSAGES.sub("", message)
    if not invents_figures(message, known):
        return message
    quoted = _QUOTED.search(message)  # behind the rule that was broken, if one was
    named = f" to {quoted[1]}" if quoted and not invents_figures(quoted[1], known) else ""
    return (
        f"A reader objected{named}, in words that name a figure which stands neither in the text nor in its evidence."
    )


def seen_in(quote: str, content: SectionContent) -> list[Evidence]:
    """Give what the statements stand on that a quotation is of."""
    folded = _folded(quote)
    claims = [claim for block in content["blocks"] for claim in claims_of(block)]
    return [e for claim in claims if folded in _folded(claim["text"]) for e in claim["evidence"]]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _block(block: Any) -> str:
    if block["kind"] in {"table", "facts", "chart"}:
        titles = [[column["title"] for column in block["columns"]]] if block.get("columns") else []
        rows = [*titles, *([cell["text"] for cell in row] for row in block["rows"])]
        return "\n".join(" | ".join(row) for row in rows)
    if block["kind"] == "list":
        return "\n".join(f"- {_said(item)}" for item in items_of(block))
    return block.get("text") or _said(claims_of(block))


def _said(claims: Iterable[Claim]) -> str:
    return " ".join(f"{c.get('lead', '')} {c['text']}".strip() for c in claims)
