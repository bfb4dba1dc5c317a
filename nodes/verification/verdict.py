"""The verdict on a claim as everybody outside sees it, by code alone.

::

    verify("The height may exceed 40 feet.", ["The height shall not exceed 40 feet."])
    # {"claim": …, "verdict": "contradicted", "by": "code", "sure": True, "reasons": ["E1 says at most 40 feet, …"]}
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from typing_extensions import TypedDict

from quire.nodes.evidence.content import Evidence, Judged
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.detecting import convention_in
from quire.nodes.support.verdicts import check_claim
from quire.nodes.verification.given import GivenClaim, given_claim


class Verified(TypedDict):
    """What was found of a claim."""

    claim: str
    verdict: Literal["supported", "contradicted", "insufficient"]
    by: Literal["code", "model"]
    sure: bool
    """False where nobody could read, and code decided leniently."""
    reasons: list[str]


def verify(claim: str, evidence: Sequence[str | Mapping[str, Any]]) -> Verified:
    """Tell whether a claim follows from its evidence. Needs no model.

    Args:
        claim: a sentence in any language; German and English are read word for word.
        evidence: texts, or ``{"text", "source", "heading", "header", "label", "what", "date", "status"}``.

    Raises:
        BadInput: the claim or an evidence is of another shape; the field is named.

    """
    return verified(given_claim({"claim": claim, "evidence": list(evidence)}))


def verified(given: GivenClaim, names: Sequence[str] | None = None) -> Verified:
    """Judge a claim that was given, its evidence under names of its own in reasons."""
    conventions = _conventions(given.evidence)
    usual = convention_in([one["quote"] for one in given.evidence])
    ours = convention_in([given.claim], usual)
    return shown(
        given.claim,
        check_claim(given.claim, given.evidence, convention=ours, conventions=conventions.__getitem__, names=names),
    )


def shown(claim: str, judged: Judged) -> Verified:
    """Show a verdict, whoever came to it."""
    return Verified(
        claim=claim,
        verdict=judged["verdict"],
        by=judged["by"],
        sure=judged["sure"],
        reasons=judged["reasons"] if judged["verdict"] != "supported" else [],
    )


def _conventions(evidence: Sequence[Evidence]) -> dict[str, Convention]:
    """Read how each source writes, from all that is given of it."""
    texts: dict[str, list[str]] = {}
    for one in evidence:
        texts.setdefault(one["source"], []).append(one["quote"])
    return {source: convention_in(said) for source, said in texts.items()}
