"""The arbiter's table: what becomes of claims and drafts, and what is said of it."""

from itertools import product
from pathlib import Path
from typing import Any, get_args

import pytest

from quire.graphs.agents.arbiter.judgement import judge, merged
from quire.graphs.run.fates import Found, fate_of_claim, fate_of_draft
from quire.graphs.run.rounds import DraftsLeft, drafts_left, rounds_used
from quire.nodes.evidence.content import Kind
from quire.nodes.language.catalogue import words_in

AGENTS = Path(__file__).parents[3] / "docs" / "agents.md"
ENGLISH = words_in("en")
MORE, LAST, FOR_EVIDENCE = DraftsLeft(2, 0), DraftsLeft(0, 0), DraftsLeft(0, 1)


def finding(message: str, severity: str = "error", where: str = "height") -> dict:
    return {"rule": "r", "severity": severity, "message": message, "where": where}


def verdict(*findings: dict, blocks: bool = False, agent: str = "reviewer", kind: str = "SectionReviewed") -> dict:
    data = {"blocks": blocks, "findings": list(findings)}
    return {"type": kind, "agent": agent, "section": "height", "data": data}


def failure(agent: str, reason: str) -> dict:
    return {"type": "AgentFailed", "agent": agent, "data": {"code": "model", "reason": reason}}


WRONG, UGLY = finding("wrong"), finding("ugly", "warning")
PASSES, BLOCKS, DISLIKES = verdict(), verdict(WRONG, blocks=True), verdict(UGLY, blocks=True)
HOLD = verdict(agent="verifier", kind="ClaimsVerified")
FALL = verdict(finding("c1 is not carried"), blocks=True, agent="verifier", kind="ClaimsVerified")
OUT = verdict(finding("c1 is contradicted"), agent="verifier", kind="ClaimsVerified")


@pytest.mark.parametrize(
    ("heard", "left", "expected"),
    [
        pytest.param([HOLD, PASSES, PASSES], MORE, "approve", id="every judge lets it pass"),
        pytest.param([verdict(UGLY)], MORE, "approve", id="a remark does not block"),
        pytest.param([PASSES, BLOCKS], MORE, "revise", id="one judge blocks"),
        pytest.param([DISLIKES], MORE, "revise", id="a dislike sends it back as well"),
        pytest.param([verdict(WRONG)], MORE, "revise", id="so does an error of a judge that does not block"),
        pytest.param([verdict(blocks=True)], MORE, "revise", id="and a veto without a word"),
        pytest.param([DISLIKES], LAST, "fail", id="a veto keeps it out even if its reasons are mild"),
        pytest.param([verdict(blocks=True), PASSES], LAST, "fail", id="or if it gives none, whatever others say"),
        pytest.param([BLOCKS], LAST, "fail", id="an error keeps it out"),
        pytest.param([verdict(WRONG)], LAST, "fail", id="whoever found it"),
        pytest.param([BLOCKS], FOR_EVIDENCE, "fail", id="drafts for evidence are for nothing else"),
        pytest.param([FALL, PASSES], DraftsLeft(2, 2), "revise for evidence", id="claims go back apart from rounds"),
        pytest.param([FALL, BLOCKS], FOR_EVIDENCE, "revise for evidence", id="with all else that was found"),
        pytest.param([FALL, PASSES], MORE, "revise", id="then in rounds"),
        pytest.param([FALL, PASSES], LAST, "approve", id="and in the last draft are struck"),
        pytest.param([OUT, PASSES], MORE, "approve", id="what is contradicted is out at once"),
        pytest.param([PASSES, failure("reviewer", "gone")], MORE, "fail", id="what was not judged is not approved"),
        pytest.param([failure("writer", "gone")], MORE, "fail", id="without a draft there is nothing to judge"),
    ],
)
def test_what_becomes_of_a_draft(heard: list, left: DraftsLeft, expected: str) -> None:
    assert expected == judge(heard, left, 1, ENGLISH).decision


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ([failure("reviewer", "gone"), failure("compliance", "late")], "reviewer: gone; compliance: late"),
        (
            [verdict(*(finding(str(n)) for n in range(5)), blocks=True)],
            "after 3 drafts it still does not hold: 0; 1; 2",
        ),
        (
            [verdict(blocks=True, agent="fact_checker")],
            "after 3 drafts it still does not hold: “fact_checker” does not let it stand, and gives no reason.",
        ),
        ([DISLIKES], "after 3 drafts it still does not hold: ugly"),
        ([PASSES], ""),
    ],
)
def test_a_failure_says_why(heard: list, expected: str) -> None:
    assert expected == judge(heard, LAST, 3, ENGLISH).reason


def test_all_that_was_found_goes_back_in_one_message() -> None:
    sent = judge([FALL, verdict(UGLY), BLOCKS, verdict(blocks=True, agent="fact_checker")], MORE, 1, ENGLISH).findings

    told = ["c1 is not carried", "wrong", "“fact_checker” does not let it stand, and gives no reason.", "ugly"]
    assert told == [f["message"] for f in sent]


def test_what_is_struck_is_no_objection_that_is_left_open() -> None:
    assert [UGLY] == judge([FALL, verdict(UGLY)], LAST, 3, ENGLISH).findings


VERDICTS = ("supported", "contradicted", "insufficient")
SAID = {"stands": "stands", "back": "goes back", "struck": "is struck"}
DONE = {
    "approve": "approved, without the claims that do not hold",
    "revise": "back to the writer",
    "revise for evidence": "back to the writer; the draft uses up no round",
    "fail": "the section fails",
}
FOUND = {
    "an agent gave up": Found(failed=True, claims_back=False, objected=False),
    "claims do not hold": Found(failed=False, claims_back=True, objected=False),
    "a judge blocks, or finds an error": Found(failed=False, claims_back=False, objected=True),
    "both": Found(failed=False, claims_back=True, objected=True),
    "remarks, or nothing": Found(failed=False, claims_back=False, objected=False),
}
LEFT = {"evidence and rounds": DraftsLeft(1, 1), "rounds": MORE, "evidence": FOR_EVIDENCE, "none": LAST}


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def tables() -> list[str]:
    """Print the two tables as the documentation has them."""
    fate: Any = fate_of_claim
    kinds = [
        row(v, k, *(SAID[fate(v, k, may_follow=m)] for m in (True, False)))
        for v, k in product(VERDICTS, get_args(Kind))
    ]
    drafts = [row(name, *(DONE[fate_of_draft(found, left)] for left in LEFT.values())) for name, found in FOUND.items()]
    return [*kinds, *drafts]


def test_the_documentation_prints_the_table() -> None:
    printed = AGENTS.read_text(encoding="utf-8").splitlines()

    assert [] == [line for line in tables() if line not in printed]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([[UGLY], [WRONG]], [WRONG, UGLY], id="errors first"),
        pytest.param([[WRONG], [WRONG, UGLY]], [WRONG, UGLY], id="each once"),
        pytest.param(
            [[finding("wrong", where="yards")], [WRONG]],
            [finding("wrong", where="yards"), WRONG],
            id="but the same in two places twice",
        ),
    ],
)
def test_what_the_judges_found_is_put_together(groups: list, expected: list) -> None:
    assert expected == merged(groups)


DRAFT = {"type": "SectionDrafted", "data": {}}
SENT_BACK = {"type": "RevisionRequested", "data": {"by_person": False, "inputs": {}}}
BY_PERSON = {"type": "RevisionRequested", "data": {"by_person": True, "inputs": {}}}
OVERTAKEN = {"type": "RevisionRequested", "data": {"by_person": False, "inputs": {"header": {"digest": "d"}}}}
FOR_CLAIMS = {"type": "RevisionRequested", "data": {"by_person": False, "inputs": {}, "for_evidence": True}}
CHANGED = {"type": "ChangesTaken", "data": {}}


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([], 0, id="nothing was drafted"),
        pytest.param([DRAFT, SENT_BACK, DRAFT], 2, id="every draft that judges sent back"),
        pytest.param([DRAFT, BY_PERSON, DRAFT], 1, id="not one that a person asked for"),
        pytest.param([DRAFT, OVERTAKEN, DRAFT], 1, id="nor one that another section's text made due"),
        pytest.param([DRAFT, FOR_CLAIMS, DRAFT], 1, id="nor one for evidence"),
        pytest.param([DRAFT, CHANGED, DRAFT], 1, id="nor one that was changed from outside"),
        pytest.param([DRAFT, SENT_BACK, DRAFT, BY_PERSON, DRAFT], 2, id="but those before it"),
    ],
)
def test_rounds_that_are_used(events: list, expected: int) -> None:
    assert expected == rounds_used(events)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([DRAFT], DraftsLeft(2, 2), id="the first draft"),
        pytest.param([DRAFT, FOR_CLAIMS, DRAFT], DraftsLeft(2, 1), id="one for evidence"),
        pytest.param([DRAFT, FOR_CLAIMS, DRAFT, FOR_CLAIMS, DRAFT], DraftsLeft(2, 0), id="two at most"),
        pytest.param([DRAFT, SENT_BACK, DRAFT, SENT_BACK, DRAFT], DraftsLeft(0, 2), id="rounds by themselves"),
    ],
)
def test_drafts_that_are_left(events: list, expected: DraftsLeft) -> None:
    assert expected == drafts_left(events, 3)
