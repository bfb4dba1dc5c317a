"""What to ask the issuer: requirements that can be read in several ways, or say no measure. Pure."""

import re
from collections.abc import Iterator
from typing import Final

from quire.graphs.kinds.rfp_response.computations.requirements import Requirement, request_of, requirements_in
from quire.nodes.computations.blocks import listed, note, section, table
from quire.nodes.computations.citing import cite_fact, cite_sentence
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim
from quire.nodes.sources.addressed import without_orders
from quire.nodes.sources.sentences import sentences
from quire.nodes.survey.dates import dates_in

_VAGUE: Final = re.compile(
    r"\b(?:state[- ]of[- ]the[- ]art|adequate(?:ly)?|appropriate(?:ly)?|sufficient(?:ly)?|reasonabl[ey]|modern|user[- ]"
    r"friendly|fast|quick(?:ly)?|prompt(?:ly)?|easy|easily|flexibl[ey]|robust|high[- ]quality|as (?:needed|required)"
    r"|where possible|if possible|best practice|usual|timely|in good time|etc)\b",
    re.IGNORECASE,
)
_UNSET: Final = re.compile(
    r"\b(?:tb[dac]|to be (?:defined|determined|agreed|confirmed)|n/?n|xx+)\b|\?\?+", re.IGNORECASE
)
_LAST_DAY: Final = re.compile(
    r"\b(?:questions?|clarifications?|[ei]nquir(?:y|ies))\b.*\b(?:until|by|before|no later than|deadline|closes?)\b",
    re.IGNORECASE,
)


def compute(materials: Materials) -> SectionContent:
    """List what is unclear, each with the words that make it so."""
    rows = [row for one in requirements_in(materials) for row in _rows(one)]
    if not rows:
        said = "No requirement was found that names no measure or is still to be defined."
        return section([note(claim(said, "fixed"))])
    return section([*_too_late(materials), table("Questions to the issuer", ["Id", "It says", "Question"], rows)])


def _too_late(materials: Materials) -> Iterator[Block]:
    """Say it where questions could be sent until a day before that of the answer."""
    dated = str(materials.facts.get("date", ""))
    own, stated = max(dates_in(dated), default=""), cite_fact(materials, "date")
    for reading in request_of(materials):
        for passage in reading["passages"]:
            for said in sentences(without_orders(passage["text"])) if passage["kind"] == "text" else ():
                last = max(dates_in(said), default="") if _LAST_DAY.search(said) else ""
                if stated and last and own > last and not own.startswith(last):
                    told = f"This answer is dated {dated.strip('. ')}: what is asked below comes later."
                    evidence = cite_sentence(reading, passage, said)
                    yield note(
                        claim(said, "source", evidence),
                        claim(told, "computed", stated, evidence, how=f"{own} is later than {last}", beside=True),
                        level="warning",
                    )


def _rows(one: Requirement) -> Iterator[list[Claim]]:
    for pattern, question in (
        (_VAGUE, "by which measure is this judged?"),
        (_UNSET, "what is to stand here, and by when is it set?"),
    ):
        words = list(dict.fromkeys(found[0] for found in pattern.finditer(one.text)))
        if words:
            yield [
                claim(one.id, "source", one.id_evidence),
                claim(one.text, "source", one.evidence),
                claim(f"{listed(words)}: {question}", "fixed"),
            ]
