"""The verdict on a claim as everybody outside sees it, by code alone."""

from collections.abc import Sequence
from typing import Literal

from typing_extensions import TypedDict

from quire.nodes.evidence.content import Evidence, Judged
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.detecting import convention_in
from quire.nodes.sources.addressed import without_orders
from quire.nodes.support.verdicts import check_claim
from quire.nodes.verification.given import GivenClaim


class Verified(TypedDict):
    """What was found of a claim."""

    claim: str
    verdict: Literal["supported", "contradicted", "insufficient"]
    by: Literal["code", "model"]
    sure: bool
    """False where nobody could read, and code decided leniently."""
    reasons: list[str]


def verified(given: GivenClaim) -> Verified:
    """Judge a claim that was given. A sentence of its evidence that tells a model what to do is none."""
    evidence: list[Evidence] = [{**one, "quote": without_orders(one["quote"])} for one in given.evidence]
    conventions = _conventions(evidence)
    usual = convention_in([one["quote"] for one in evidence])
    ours = convention_in([given.claim], usual)
    names = given.names or None
    return shown(
        given.claim,
        check_claim(given.claim, evidence, convention=ours, conventions=conventions.__getitem__, names=names),
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
