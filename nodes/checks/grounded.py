"""The rule that every document keeps: quotations stand at their addresses, figures stand in their evidence.

Whether the words of a claim that a model wrote are carried is the verifier's to say, and written on the claim.
"""

from collections.abc import Iterator, Mapping, Sequence

from quire.nodes.computations.materials import Finding
from quire.nodes.evidence.content import Claim, Evidence, SectionContent, claims_of
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.detecting import convention_of_document
from quire.nodes.language.catalogue import Words
from quire.nodes.sources.passage import Reading, convention_of
from quire.nodes.support.grounding import GivenWords, given_by, locate, unsupported_figures

RULE = "grounding"


def ungrounded(
    section: str, content: SectionContent, readings: Sequence[Reading], words: Words, locale: str = ""
) -> list[Finding]:
    """Give every claim that its evidence does not carry.

    Args:
        section: its id.
        content: of the section.
        readings: the sources.
        words: the fixed words of the document's language.
        locale: the brief's, if it has one.

    """
    document = convention_of_document(words.language, map(convention_of, readings), locale)
    by_name = {r["source"]: r for r in readings}
    return [
        Finding(rule=RULE, severity="error", message=message, where=f"{section}, block {number}")
        for number, block in enumerate(content["blocks"], 1)
        for claim in claims_of(block)
        if "person" not in claim  # it is judged, and marked, and no rule of ours takes it out
        for message in faults_of(claim, by_name, content, words, document)
    ]


def faults_of(
    claim: Claim, readings: Mapping[str, Reading], content: SectionContent, words: Words, document: Convention
) -> Iterator[str]:
    """Say what a claim's evidence does not carry of it; ``document`` is how the claim writes numbers and dates."""
    shown = claim["text"][:160]
    if claim["basis"] == "unsupported":
        reasons = claim["verdict"]["reasons"] if "verdict" in claim else []
        yield f"“{shown}”: {'; '.join(reasons)}." if reasons else words("finding.unsupported", said=shown)
    if claim["basis"] == "source" and not claim["evidence"]:
        yield words("finding.no-evidence", said=shown)
    for evidence in claim["evidence"]:
        if not _stands(evidence, readings):
            quote, source, address = evidence["quote"][:120], evidence["source"], evidence["address"]
            yield words("finding.not-there", quote=quote, source=source, address=address)
    if claim["basis"] in {"source", "computed"} and "verdict" not in claim:
        given = list(_given(claim, readings, document))
        for figure in unsupported_figures(claim["text"], given, list(content["values"].values()), document):
            yield words("finding.figure", figure=figure.text, said=shown)


def _given(claim: Claim, readings: Mapping[str, Reading], document: Convention) -> Iterator[GivenWords]:
    """Give what a claim may take its figures from: its evidence, the titles of their sources, how it was computed."""
    for evidence in claim["evidence"]:
        yield given_by(evidence, readings, document)
        if evidence["source"] in readings:
            yield readings[evidence["source"]]["title"]
    yield claim.get("how", "")


def _stands(evidence: Evidence, readings: Mapping[str, Reading]) -> bool:
    """Whether the quote is found at its address. Facts of the brief are quoted by code alone."""
    if evidence["source"] == "brief":
        return True
    reading = readings.get(evidence["source"])
    return reading is not None and locate(evidence["quote"], reading, evidence["address"])
