"""Drafting with a model: what it is asked, and what may be made of its answer.

The model words; it never cites by itself. It names evidence by number, and whatever its words are not carried
by what it names is marked as unsupported.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, Evidence, Judged, SectionContent, Value, claim, claims_of
from quire.nodes.evidence.figures.conventions import ENGLISH as US_ENGLISH
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.from_passages import from_brief
from quire.nodes.language.catalogue import ENGLISH, Words
from quire.nodes.model.request import Fenced, Request
from quire.nodes.support.carried import invents_figures
from quire.nodes.support.grounding import Given, GivenWords
from quire.nodes.support.verdicts import check_claim

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
        "missing": {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 300}, "maxItems": 1},
    },
    "required": ["paragraphs", "open_questions", "missing"],
    "additionalProperties": False,
}
"""What a draft looks like on the wire: sentences, each with the numbers of what carries it; and what it lacks."""


MOST_CLAIMS = 80
"""Claims of other sections that a section is shown."""


class Ground(NamedTuple):
    """Something a sentence may stand on, under the number that the model is given for it."""

    evidence: tuple[Evidence, ...]
    words: str
    basis: str
    convention: Convention = US_ENGLISH
    """How the words write numbers and dates."""


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

    ``E`` evidence, ``V`` values, ``P`` claims of other sections, ``F`` facts of the brief.
    """
    values: list[Value] = list((computed or {"values": {}})["values"].values())
    values += [v for content in materials.inputs.values() for v in content["values"].values()]
    ours = materials.convention
    grounds = {
        f"E{n}": Ground((e,), e["quote"], "source", materials.convention_of(e["source"]))
        for n, e in enumerate(evidence, 1)
    }
    grounds |= {f"V{n}": Ground(tuple(v["evidence"]), v["text"], "computed", ours) for n, v in enumerate(values, 1)}
    said = [
        c for content in materials.inputs.values() for b in content["blocks"] for c in claims_of(b) if c["evidence"]
    ]
    facts = [(name, from_brief(name, value)) for name, value in materials.facts.items()]
    grounds |= {
        f"P{n}": Ground(tuple(c["evidence"]), c["text"], c["basis"], ours) for n, c in enumerate(said[:MOST_CLAIMS], 1)
    }
    return grounds | {
        f"F{n}": Ground((e,), f"{name.replace('_', ' ')}: {e['quote']}", "brief", ours)
        for n, (name, e) in enumerate(facts, 1)
    }


def request_draft(materials: Materials, grounds: Mapping[str, Ground], brief: Brief) -> Request:
    """Ask for a draft of the section."""
    spec = materials.section
    asked = f"Write the section “{spec['title']}” of “{materials.title}”, in about {spec['words'] or 250} words."
    user: list[str | Fenced] = [asked, f"What it must do: {spec['instructions']}" if spec["instructions"] else ""]
    user += [written_in(materials.words)]
    user += [Fenced(name, g.words) for name, g in grounds.items() if name[0] != "E"]
    if brief.findings:
        objections = json.dumps([f["message"] for f in brief.findings], ensure_ascii=False)
        user += ["Your last draft was sent back. The draft, then the objections:"]
        user += [Fenced("draft", brief.last_draft), Fenced("objections", objections)]
    return Request(
        model=brief.model,
        fallback_model=brief.fallback_model,
        system=brief.system,
        user=tuple(part for part in user if part),
        evidence=tuple(Fenced(name, g.words) for name, g in grounds.items() if name[0] == "E"),
        schema=SCHEMA,
        schema_name="draft",
    )


def written_in(words: Words) -> str:
    """Tell a model in which language to write; what it is told is English, and so is what it writes unless told."""
    return "" if words.language == ENGLISH else f"Write in {words('name')}."


def content_from(drafted: Mapping[str, Any], grounds: Mapping[str, Ground], materials: Materials) -> SectionContent:
    """Make a section of a model's answer, each sentence bound to what it named.

    Args:
        drafted: the answer.
        grounds: what the model was given to stand on.
        materials: of the section, which tell how its words write numbers and dates.

    """
    convention = materials.convention
    blocks = [
        Block(kind="paragraph", claims=[_bound(s, grounds, convention) for s in paragraph["sentences"]])
        for paragraph in drafted["paragraphs"]
    ]
    return SectionContent(blocks=blocks, values={}, open_questions=_left_open(drafted, grounds, materials))


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


def _left_open(drafted: Mapping[str, Any], grounds: Mapping[str, Ground], materials: Materials) -> list[str]:
    """Give the model's open questions; one that brings in a figure is put in our own words."""
    title, convention = materials.section["title"], materials.convention
    known: list[GivenWords] = [title, *(Given(g.words, g.convention) for g in grounds.values())]
    ours = materials.words("section.what-is-known", title=title)
    return list(dict.fromkeys(ours if invents_figures(q, known, convention) else q for q in drafted["open_questions"]))


def _bound(sentence: Mapping[str, Any], grounds: Mapping[str, Ground], convention: Convention) -> Claim:
    names = [name for name in dict.fromkeys(sentence["evidence"]) if name in grounds]
    named = [grounds[name] for name in names]
    text = " ".join(str(sentence["text"]).split())
    verdict = _judged(text, dict(zip(names, named, strict=True)), convention)
    if verdict["verdict"] != "supported":
        return Claim(text=text, basis="unsupported", evidence=[], verdict=verdict)
    bases = [basis for basis in ("source", "computed", "brief") if any(g.basis == basis for g in named)]
    how = "; ".join(g.words for g in named if g.basis == "computed")
    made = claim(text, "source", *(e for g in named for e in g.evidence))
    if bases[0] != "source":
        made["basis"] = "computed" if bases[0] == "computed" else "brief"
    if how:
        made["how"] = how
    made["verdict"] = verdict
    return made


def _judged(text: str, named: Mapping[str, Ground], convention: Convention) -> Judged:
    """Hold a sentence against what it names; what code computed and what the brief says, in their own words."""
    given: list[Evidence] = []
    conventions: dict[str, Convention] = {}
    names: list[str] = []
    for name, ground in named.items():
        said = ground.evidence if ground.basis == "source" and name[0] == "E" else (_in_its_words(name, ground),)
        given += said
        names += [name] * len(said)
        conventions |= {one["source"]: ground.convention for one in said}
    return check_claim(text, given, convention=convention, conventions=conventions.__getitem__, names=names)


def _in_its_words(name: str, ground: Ground) -> Evidence:
    return Evidence(source=name, address="", quote=ground.words, hash="")
