"""Drafting with a model: what it is asked, and what may be made of its answer.

The model words; it never cites by itself. It names evidence by number, and whatever its words are not carried
by what it names is marked as unsupported.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, Evidence, SectionContent, claim
from quire.nodes.evidence.figures.conventions import ENGLISH, Convention
from quire.nodes.evidence.from_passages import from_brief
from quire.nodes.evidence.naming import named_by
from quire.nodes.model.material import material
from quire.nodes.model.request import Fenced, Request
from quire.nodes.support.carried import carried, invents_figures
from quire.nodes.support.grounding import Given, Words

_SENTENCE = {
    "type": "object",
    "properties": {
        "text": {"type": "string", "minLength": 1, "maxLength": 1200},
        "evidence": {"type": "array", "items": {"type": "string", "maxLength": 8}, "maxItems": 12},
    },
    "required": ["text", "evidence"],
    "additionalProperties": False,
}
_PARAGRAPH = {
    "type": "object",
    "properties": {"sentences": {"type": "array", "items": _SENTENCE, "minItems": 1, "maxItems": 20}},
    "required": ["sentences"],
    "additionalProperties": False,
}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "paragraphs": {"type": "array", "items": _PARAGRAPH, "maxItems": 20},
        "open_questions": {"type": "array", "items": {"type": "string", "maxLength": 400}, "maxItems": 10},
        "missing": {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 300}, "maxItems": 3},
    },
    "required": ["paragraphs", "open_questions", "missing"],
    "additionalProperties": False,
}
"""What a draft looks like on the wire: sentences, each with the numbers of what carries it; and what it lacks."""


MOST_OF_OTHERS = 24_000
"""Characters of other sections that a section is shown."""


class Ground(NamedTuple):
    """Something a sentence may stand on, under the number that the model is given for it."""

    evidence: tuple[Evidence, ...]
    words: str
    basis: str
    convention: Convention = ENGLISH
    """How the words write numbers and dates."""
    named: str = ""
    """What names it: its source, heading, label. It counts as its words."""
    under: str = ""
    """Of another section's statement: the section's title."""

    @property
    def all_words(self) -> str:
        """Give what it says, under what names it."""
        return f"{self.named}: {self.words}" if self.named else self.words


class Brief(NamedTuple):
    """What the writer is to do this time."""

    model: str
    fallback_model: str | None
    system: str
    findings: Sequence[Mapping[str, Any]] = ()
    """What was objected to in the last draft."""
    last_draft: str = ""


def grounds_of(
    materials: Materials, evidence: Sequence[Evidence], computed: SectionContent | None
) -> dict[str, Ground]:
    """Give each thing that the section may stand on a number.

    ``E`` evidence, ``V`` values, ``P`` statements of other sections, ``F`` facts of the brief.
    """
    ours = materials.convention
    grounds = {
        f"E{n}": Ground((e,), e["quote"], "source", materials.convention_of(e["source"]), named_by(e))
        for n, e in enumerate(evidence, 1)
    }
    grounds |= {f"V{n}": ground for n, ground in enumerate(_values(materials, computed), 1)}
    grounds |= {f"P{n}": ground for n, ground in enumerate(shown_of_others(materials)[0], 1)}
    facts = [(name.replace("_", " "), from_brief(name, value)) for name, value in materials.facts.items()]
    return grounds | {f"F{n}": Ground((e,), e["quote"], "brief", ours, name) for n, (name, e) in enumerate(facts, 1)}


def shown_of_others(materials: Materials) -> tuple[list[Ground], list[str]]:
    """Give the statements of the sections that this one waited for, and the titles of those shown in part.

    In the order in which the section names them; of a table each row is one statement, and no table is cut.
    """
    shown: list[Ground] = []
    cut: list[str] = []
    left = MOST_OF_OTHERS
    for name, content in materials.inputs.items():
        title = name.replace("-", " ")
        for block in content["blocks"]:
            said = [g for g in _statements(block, title, materials.convention) if g.evidence]
            length = sum(len(g.words) for g in said)
            if length > left:
                cut.append(title)
                break
            left -= length
            shown += said
    return shown, cut


def request_draft(
    materials: Materials, evidence: Sequence[Evidence], grounds: Mapping[str, Ground], brief: Brief
) -> Request:
    """Ask for a draft of the section."""
    spec = materials.section
    asked = f"Write the section “{spec['title']}” of “{materials.title}”, in about {spec['words'] or 250} words."
    user: list[str | Fenced] = [asked, f"What it must do: {spec['instructions']}" if spec["instructions"] else ""]
    user += _beside(grounds)
    if cut := shown_of_others(materials)[1]:
        user.append(f"Of these sections only the beginning is shown, for want of room: {', '.join(cut)}.")
    if brief.findings:
        objections = json.dumps([f["message"] for f in brief.findings], ensure_ascii=False)
        user += ["Your last draft was sent back. The draft, then the objections:"]
        user += [Fenced("draft", brief.last_draft), Fenced("objections", objections)]
    return Request(
        model=brief.model,
        fallback_model=brief.fallback_model,
        system=brief.system,
        user=tuple(part for part in user if part),
        evidence=material(evidence),
        schema=SCHEMA,
        schema_name="draft",
    )


def _values(materials: Materials, computed: SectionContent | None) -> list[Ground]:
    own = [(name, value) for name, value in (computed or {"values": {}})["values"].items()]
    others = [(name, value) for content in materials.inputs.values() for name, value in content["values"].items()]
    ours = materials.convention
    return [
        Ground(tuple(v["evidence"]), v["text"], "computed", ours, name.replace("_", " ")) for name, v in (*own, *others)
    ]


def _statements(block: Block, title: str, ours: Convention) -> Iterator[Ground]:
    """Give what a block states: each claim, and each row of a table as one, with its columns' titles."""
    for said in block.get("claims", ()):
        yield Ground(tuple(said["evidence"]), said["text"], said["basis"], ours, under=title)
    columns = [column["title"] for column in block.get("columns", ())]
    for row in block.get("rows", ()):
        cells = [f"{column}: {cell['text']}" for column, cell in zip(columns, row, strict=True)] if columns else []
        evidence = {(e["source"], e["address"], e["quote"]): e for cell in row for e in cell["evidence"]}
        bases = [cell["basis"] for cell in row if cell["evidence"]]
        words = "; ".join(cells or [cell["text"] for cell in row])
        basis = "computed" if "computed" in bases else "source"
        yield Ground(tuple(evidence.values()), words, basis, ours, under=title)


def _beside(grounds: Mapping[str, Ground]) -> Iterator[Fenced]:
    """Show what a section may stand on besides evidence: one line each, under what it is."""
    shown = (("computed values", "V"), ("facts of the brief", "F"))
    for name, letter in shown:
        lines = [f"{number} ({g.named}): {_line(g.words)}" for number, g in grounds.items() if number[0] == letter]
        if lines:
            yield Fenced(name, "\n".join(lines))
    others: dict[str, list[str]] = {}
    for number, ground in grounds.items():
        if number[0] == "P":
            others.setdefault(ground.under, []).append(f"{number}: {_line(ground.words)}")
    yield from (Fenced(f"section {title}", "\n".join(lines)) for title, lines in others.items())


def _line(text: str) -> str:
    return " ".join(text.split())


def content_from(
    drafted: Mapping[str, Any], grounds: Mapping[str, Ground], title: str, convention: Convention = ENGLISH
) -> SectionContent:
    """Make a section of a model's answer, each sentence bound to what it named.

    Args:
        drafted: the answer.
        grounds: what the model was given to stand on.
        title: of the section.
        convention: how the section's words write numbers and dates.

    """
    blocks = [
        Block(kind="paragraph", claims=[_bound(s, grounds, title, convention) for s in paragraph["sentences"]])
        for paragraph in drafted["paragraphs"]
    ]
    return SectionContent(blocks=blocks, values={}, open_questions=_left_open(drafted, grounds, title, convention))


def supported_only(content: SectionContent) -> SectionContent:
    """Leave out what nothing supports."""
    blocks = []
    for block in content["blocks"]:
        kept = [c for c in block["claims"] if c["basis"] != "unsupported"]
        if kept:
            blocks.append(Block(kind=block["kind"], claims=kept))
    return SectionContent(blocks=blocks, values=content["values"], open_questions=content["open_questions"])


def together(narrative: SectionContent, computed: SectionContent) -> SectionContent:
    """Put a narrative before what code computed, which stands as it is."""
    return SectionContent(
        blocks=[*narrative["blocks"], *computed["blocks"]],
        values=computed["values"],
        open_questions=[*computed["open_questions"], *narrative["open_questions"]],
    )


def _left_open(
    drafted: Mapping[str, Any], grounds: Mapping[str, Ground], title: str, convention: Convention
) -> list[str]:
    """Give the model's open questions; one that brings in a figure is put in our own words."""
    known: list[Words] = [title, *(Given(g.all_words, g.convention) for g in grounds.values())]
    ours = f"What is to be known of “{title}”?"
    return list(dict.fromkeys(ours if invents_figures(q, known, convention) else q for q in drafted["open_questions"]))


def _bound(sentence: Mapping[str, Any], grounds: Mapping[str, Ground], title: str, convention: Convention) -> Claim:
    named = [grounds[name] for name in dict.fromkeys(sentence["evidence"]) if name in grounds]
    text = " ".join(str(sentence["text"]).split())
    if not named or not carried(text, [Given(g.all_words, g.convention) for g in named], title, convention):
        return claim(text, "unsupported")
    bases = [basis for basis in ("source", "computed", "brief") if any(g.basis == basis for g in named)]
    how = "; ".join(g.all_words for g in named if g.basis == "computed")
    made = claim(text, "source", *(e for g in named for e in g.evidence))
    if bases[0] != "source":
        made["basis"] = "computed" if bases[0] == "computed" else "brief"
    if how:
        made["how"] = how
    return made
