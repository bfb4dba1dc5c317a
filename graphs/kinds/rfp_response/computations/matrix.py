"""The compliance matrix: each requirement with its status, what answers it, and where that stands. Pure."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from quire.graphs.kinds.rfp_response.computations.compliance import Judgement, Status, judged
from quire.graphs.kinds.rfp_response.computations.offers import Match, matches
from quire.graphs.kinds.rfp_response.computations.requirements import requirements_in
from quire.nodes.computations.blocks import capitalized, facts, note, section, table, value
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, Evidence, SectionContent, Value, claim

Judged = tuple[Match, Judgement]
STATUSES: Final[tuple[Status, ...]] = ("Complies", "Partly", "Does not comply", "Open")


def compute(materials: Materials) -> SectionContent:
    """Show all requirements, and how many comply."""
    every = judged_in(materials)
    if not every:
        said = "The request holds no requirement with an id that could be told."
        return section([note(claim(said, "open"))])
    titles = ["Id", "Requirement", "Priority", "Status", "Why", "Answer", "Dated"]
    counted = Counter(judgement.status for _, judgement in every)
    values: dict[str, Value] = {name: _counted(counted[name], name) for name in STATUSES}
    return section([facts(_counts(every)), table("Compliance matrix", titles, [_row(one) for one in every])], values)


def judged_in(materials: Materials) -> list[Judged]:
    """Give each requirement with its best answer and whether that complies."""
    return [(match, judged(match)) for match in matches(requirements_in(materials), materials)]


def _counted(number: int, name: str) -> Value:
    return value(f"{number} requirement{'' if number == 1 else 's'}: {name}", figure=number)


def _counts(every: Sequence[Judged]) -> list[list[Claim]]:
    total = len(every)
    rows = [[claim("Requirements", "fixed"), claim(str(total), "computed", how=f"ids in the request: {total}")]]
    for name in STATUSES:
        ids = [match.requirement.id for match, judgement in every if judgement.status == name]
        how = f"{name}: {', '.join(ids) or 'none'} = {len(ids)}"
        rows.append([claim(name, "fixed"), claim(str(len(ids)), "computed", how=how)])
    return rows


def _row(one: Judged) -> list[Claim]:
    match, judgement = one
    requirement, offer = match.requirement, match.offer
    answer = claim(offer.text, "source", offer.evidence) if offer else claim("", "fixed")
    return [
        claim(requirement.id, "source", requirement.id_evidence),
        claim(requirement.text, "source", requirement.evidence),
        claim(requirement.priority, "fixed"),
        status_of(one),
        claim(capitalized(judgement.why), "computed", *_grounds(match), how=judgement.why, beside=True),
        answer,
        claim(offer.date if offer else "", "fixed"),
    ]


def status_of(one: Judged) -> Claim:
    """Give the status; why it is so stands beside it."""
    match, judgement = one
    how = f"{judgement.status}: {judgement.why}"
    return claim(judgement.status, "computed", *_grounds(match), how=how, status=judgement.status, beside=True)


def _grounds(match: Match) -> list[Evidence]:
    return [match.requirement.evidence, *([match.offer.evidence] if match.offer else [])]
