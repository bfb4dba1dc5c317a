"""What becomes of a claim and of its draft: the arbiter's table, as pure functions. ``docs/agents.md`` prints it."""

from typing import Literal, NamedTuple, TypeAlias

from quire.graphs.run.rounds import DraftsLeft

Verdict: TypeAlias = Literal["supported", "contradicted", "insufficient"]
ClaimFate: TypeAlias = Literal["stands", "back", "struck"]
DraftFate: TypeAlias = Literal["approve", "revise", "revise for evidence", "fail"]


def fate_of_claim(verdict: Verdict, kind: str, *, may_follow: bool) -> ClaimFate:
    """Say what becomes of a claim.

    What the evidence contradicts is out at once. What it does not carry goes back, and so does a gap that is none:
    what it says is missing stands in the sources. When no draft may follow, they are struck.

    Args:
        verdict: on the claim.
        kind: ``fact``, ``computed``, ``inference`` or ``gap``.
        may_follow: whether the section may be drafted again.

    """
    if verdict == "supported":
        return "stands"
    mendable = verdict == "insufficient" or kind == "gap"
    return "back" if mendable and may_follow else "struck"


class Found(NamedTuple):
    """What the judges found of a draft."""

    failed: bool
    """An agent gave up: something was not checked."""
    claims_back: bool
    """Claims do not hold that another draft could mend."""
    objected: bool
    """A judge blocks, or found an error."""


def fate_of_draft(found: Found, left: DraftsLeft) -> DraftFate:
    """Say what becomes of a draft.

    One judge is enough to send it back, and enough to keep it out for good: no veto is overruled by others. Claims
    that do not hold keep no section out: they are struck.
    """
    if found.failed:
        return "fail"
    if found.claims_back and left.evidence:
        return "revise for evidence"
    if (found.claims_back or found.objected) and left.rounds:
        return "revise"
    return "fail" if found.objected else "approve"
