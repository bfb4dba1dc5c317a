"""Laying a long section out in parts, each short enough to be drafted in one reply."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from typing_extensions import TypedDict

from quire.nodes.author.drafting import written_in
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Evidence, SectionContent, claims_of
from quire.nodes.language.catalogue import Words
from quire.nodes.model.material import material
from quire.nodes.model.request import Request
from quire.nodes.support.carried import invents_figures

LONGEST = 1500
"""Words that one reply can be trusted to hold with its evidence. A section that is to have more is written in parts."""
MOST_PARTS = 8


class Part(TypedDict):
    """A part of a section."""

    title: str
    instructions: str
    words: int


_PART = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "minLength": 1, "maxLength": 120},
        "instructions": {"type": "string", "minLength": 1, "maxLength": 600},
        "words": {"type": "integer", "minimum": 50, "maximum": LONGEST},
    },
    "required": ["title", "instructions", "words"],
    "additionalProperties": False,
}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"parts": {"type": "array", "items": _PART, "minItems": 2, "maxItems": MOST_PARTS}},
    "required": ["parts"],
    "additionalProperties": False,
}


def too_large(spec: Mapping[str, Any]) -> bool:
    """Whether a section is to be longer than one reply can hold."""
    return spec["kind"] == "prose" and (spec["words"] or 0) > LONGEST


def request_outline(
    materials: Materials, evidence: Sequence[Evidence], models: tuple[str, str | None], system: str
) -> Request:
    """Ask for the parts of a section, from what it is to be written from."""
    spec = materials.section
    asked = f"Lay out the section “{spec['title']}” of “{materials.title}”, of about {spec['words']} words."
    told = f"What it must do: {spec['instructions']}" if spec["instructions"] else ""
    language = written_in(materials.words)
    return Request(
        model=models[0],
        fallback_model=models[1],
        system=system,
        user=tuple(part for part in (asked, told, language) if part),
        evidence=material(evidence),
        schema=SCHEMA,
        schema_name="outline",
        max_tokens=1024,
    )


def materials_for(part: Part, materials: Materials) -> Materials:
    """Give the materials with the part in the section's place."""
    return replace(materials, section={**materials.section, **part})


def joined(parts: Sequence[Part], contents: Sequence[SectionContent], words: Words) -> SectionContent:
    """Put parts together in their order, each under its title. A part that says nothing gets no heading."""
    said = [(n, p["title"], c) for n, (p, c) in enumerate(zip(parts, contents, strict=True), 1) if c["blocks"]]
    blocks = [b for n, title, c in said for b in (Block(kind="heading", text=_title(n, title, c, words)), *c["blocks"])]
    questions = [q for content in contents for q in content["open_questions"]]
    return SectionContent(blocks=blocks, values={}, open_questions=list(dict.fromkeys(questions)))


def _title(number: int, title: str, content: SectionContent, words: Words) -> str:
    """Head a part as the model did, unless it put a figure there that the part does not say."""
    said = [claim["text"] for block in content["blocks"] for claim in claims_of(block)]
    return words("section.part", n=number) if invents_figures(title, said) else title
