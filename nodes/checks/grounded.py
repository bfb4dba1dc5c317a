"""The rule that every document keeps: quotations stand at their addresses, figures stand in their evidence.

Whether the words of a claim that a model wrote are carried is the verifier's to say, and written on the claim.
"""

from collections.abc import Iterator, Mapping, Sequence

from quire.nodes.computations.materials import Finding
from quire.nodes.evidence.content import Claim, Evidence, SectionContent, claims_of
from quire.nodes.evidence.figures.detecting import commonest
from quire.nodes.sources.passage import Reading, convention_of
from quire.nodes.support.grounding import Words, given_by, locate, unsupported_figures

RULE = "grounding"


def ungrounded(section: str, content: SectionContent, readings: Sequence[Reading]) -> list[Finding]:
    """Give every claim that its evidence does not carry."""
    by_name = {r["source"]: r for r in readings}
    return [
        Finding(rule=RULE, severity="error", message=message, where=f"{section}, block {number}")
        for number, block in enumerate(content["blocks"], 1)
        for claim in claims_of(block)
        for message in _faults(claim, by_name, content)
    ]


def _faults(claim: Claim, readings: Mapping[str, Reading], content: SectionContent) -> Iterator[str]:
    shown = claim["text"][:160]
    if claim["basis"] == "unsupported":
        yield f"Nothing in the sources supports “{shown}”."
    if claim["basis"] == "source" and not claim["evidence"]:
        yield f"“{shown}” names no evidence."
    for evidence in claim["evidence"]:
        if not _stands(evidence, readings):
            yield f"The words “{evidence['quote'][:120]}” do not stand at {evidence['source']}, {evidence['address']}."
    if claim["basis"] in {"source", "computed"} and "verdict" not in claim:
        document = commonest(convention_of(reading) for reading in readings.values())
        given: list[Words] = [*(given_by(e, readings, document) for e in claim["evidence"]), claim.get("how", "")]
        for figure in unsupported_figures(claim["text"], given, list(content["values"].values()), document):
            yield f"The figure “{figure.text}” in “{shown}” is not in its evidence."


def _stands(evidence: Evidence, readings: Mapping[str, Reading]) -> bool:
    """Whether the quote is found at its address. Facts of the brief are quoted by code alone."""
    if evidence["source"] == "brief":
        return True
    reading = readings.get(evidence["source"])
    return reading is not None and locate(evidence["quote"], reading, evidence["address"])
