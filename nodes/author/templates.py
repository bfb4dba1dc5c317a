"""Sections whose wording the blueprint gives, filled with facts and with what other sections found."""

import re
from collections.abc import Mapping
from typing import Any, Final

from quire.nodes.computations.materials import Materials
from quire.nodes.decode import expressions
from quire.nodes.evidence.content import Block, Evidence, SectionContent, claim
from quire.nodes.evidence.from_passages import from_brief

_TWO_STOPS: Final = re.compile(r"(?<!\.)\.\.(?=\s|$)")
"""The stop of a value that ends with one (``B.V.``), and that of its sentence."""


def fill(template: str, materials: Materials) -> SectionContent:
    """Fill a template; blank lines part its paragraphs.

    Raises:
        BadInput: the template uses a fact or value that is not there.

    """
    text = expressions.render(template, title=materials.title, facts=materials.facts, inputs=materials.inputs)
    paragraphs = [_TWO_STOPS.sub(".", " ".join(part.split())) for part in text.split("\n\n")]
    blocks = [_paragraph(paragraph, materials) for paragraph in paragraphs if paragraph]
    return SectionContent(blocks=blocks, values={}, open_questions=[])


def _paragraph(text: str, materials: Materials) -> Block:
    used = [*_facts_in(text, materials.facts), *_values_in(text, materials)]
    return Block(kind="paragraph", claims=[claim(text, "brief" if used else "fixed", *used)])


def _facts_in(text: str, facts: Mapping[str, Any]) -> list[Evidence]:
    """Quote the facts of the brief that the wording shows: they are its evidence."""
    shown = {n: v for n, v in facts.items() if isinstance(v, str | int | float) and str(v).strip() and str(v) in text}
    return [from_brief(name, value) for name, value in shown.items()]


def _values_in(text: str, materials: Materials) -> list[Evidence]:
    values = [v for content in materials.inputs.values() for v in content["values"].values()]
    return [e for v in values if v["text"] and v["text"] in text for e in v["evidence"]]
