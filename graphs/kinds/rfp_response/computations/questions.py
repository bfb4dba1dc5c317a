"""What to ask the issuer: requirements that can be read in several ways, or say no measure. Pure."""

import re
from collections.abc import Iterator
from typing import Final

from quire.graphs.kinds.rfp_response.computations.requirements import Requirement, requirements_in
from quire.nodes.computations.blocks import note, section, table
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, SectionContent, claim

_VAGUE: Final = re.compile(
    r"\b(?:state[- ]of[- ]the[- ]art|adequate(?:ly)?|appropriate(?:ly)?|sufficient(?:ly)?|reasonabl[ey]|modern|user[- ]"
    r"friendly|fast|quick(?:ly)?|prompt(?:ly)?|easy|easily|flexibl[ey]|robust|high[- ]quality|as (?:needed|required)"
    r"|where possible|if possible|best practice|usual|timely|in good time|etc)\b",
    re.IGNORECASE,
)
_UNSET: Final = re.compile(
    r"\b(?:tb[dac]|to be (?:defined|determined|agreed|confirmed)|n/?n|xx+)\b|\?\?+", re.IGNORECASE
)


def compute(materials: Materials) -> SectionContent:
    """List what is unclear, each with the words that make it so."""
    rows = [row for one in requirements_in(materials) for row in _rows(one)]
    if not rows:
        said = "No requirement was found that names no measure or is still to be defined."
        return section([note(claim(said, "fixed"))])
    return section([table("Questions to the issuer", ["Id", "It says", "Question"], rows)])


def _rows(one: Requirement) -> Iterator[list[Claim]]:
    for pattern, question in (
        (_VAGUE, "By which measure is this judged?"),
        (_UNSET, "What is to stand here, and by when is it set?"),
    ):
        words = list(dict.fromkeys(found[0] for found in pattern.finditer(one.text)))
        if words:
            said = "; ".join(words)
            yield [
                claim(one.id, "source", one.id_evidence),
                claim(one.text, "source", one.evidence),
                claim(f"{said}: {question}", "fixed"),
            ]
