"""Which evidence speaks of which question of a section, and whether its text rests on it. Pure."""

from collections.abc import Sequence
from typing import Any

from typing_extensions import TypedDict

from quire.graphs.agents.researcher.events import EvidenceGathered
from quire.graphs.kernel.agent_state import Scope
from quire.graphs.run.journal import Journal
from quire.graphs.run.section_inputs import evidence_of
from quire.nodes.evidence.content import Claim, Evidence


class Speaking(TypedDict):
    """Evidence that speaks of a question."""

    evidence: Evidence
    cited: bool
    """A statement of the section rests on it."""


class QuestionAnswered(TypedDict):
    """A question of a section, and the evidence that speaks of it; none where none of what was gathered does."""

    question: str
    evidence: list[Speaking]


def answered(journal: Journal, section: str, claims: Sequence[Claim]) -> list[QuestionAnswered]:
    """Say of each question of a section which evidence speaks of it.

    Args:
        journal: the run's.
        section: which.
        claims: what the section states, as it stands.

    """
    epoch, spec = journal.epochs.get(section), journal.specs.get(section)
    if epoch is None or spec is None:
        return []
    covered: dict[str, Any] = {}
    for each in range(1, epoch + 1):
        for event in journal.events_of(section, each, EvidenceGathered):
            covered |= event["data"].get("covered", {})
    known = evidence_of(journal, Scope(run="", section=spec, epoch=epoch))
    rests_on = {(one["source"], one["address"]) for claim in claims for one in claim["evidence"]}
    return [
        QuestionAnswered(
            question=question,
            evidence=[
                Speaking(evidence=one, cited=(one["source"], one["address"]) in rests_on)
                for one in (known[number - 1] for number in numbers if number <= len(known))
            ],
        )
        for question, numbers in covered.items()
    ]
