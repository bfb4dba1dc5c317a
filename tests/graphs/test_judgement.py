import pytest

from quire.graphs.agents.arbiter.judgement import judge, merged, rounds_used
from quire.nodes.language.catalogue import words_in


def finding(message: str, severity: str = "error", where: str = "height") -> dict:
    return {"rule": "r", "severity": severity, "message": message, "where": where}


def verdict(*findings: dict, blocks: bool = False) -> dict:
    return {"type": "SectionReviewed", "agent": "reviewer", "data": {"blocks": blocks, "findings": list(findings)}}


def failure(agent: str, reason: str) -> dict:
    return {"type": "AgentFailed", "agent": agent, "data": {"code": "model", "reason": reason}}


WRONG, UGLY = finding("wrong"), finding("ugly", "warning")
PASSES, BLOCKS, DISLIKES = verdict(), verdict(WRONG, blocks=True), verdict(UGLY, blocks=True)


@pytest.mark.parametrize(
    ("heard", "drafts", "expected"),
    [
        pytest.param([PASSES, PASSES], 1, "approve", id="every judge lets it pass"),
        pytest.param([verdict(UGLY)], 1, "approve", id="a remark does not block"),
        pytest.param([PASSES, BLOCKS], 1, "revise", id="one judge blocks"),
        pytest.param([DISLIKES], 1, "revise", id="a dislike sends it back as well"),
        pytest.param([DISLIKES], 3, "approve", id="but not after the last round"),
        pytest.param([BLOCKS], 3, "fail", id="an error keeps it out even then"),
        pytest.param([BLOCKS], 4, "fail", id="and beyond"),
        pytest.param([PASSES, failure("reviewer", "gone")], 1, "fail", id="what was not judged is not approved"),
        pytest.param([failure("writer", "gone")], 0, "fail", id="without a draft there is nothing to judge"),
    ],
)
def test_what_becomes_of_a_draft(heard: list, drafts: int, expected: str) -> None:
    assert expected == judge(heard, drafts, 3, words_in("en")).decision


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ([failure("reviewer", "gone"), failure("compliance", "late")], "reviewer: gone; compliance: late"),
        (
            [verdict(*(finding(str(n)) for n in range(5)), blocks=True)],
            "after 3 drafts it still does not hold: 0; 1; 2",
        ),
        ([PASSES], ""),
    ],
)
def test_a_failure_says_why(heard: list, expected: str) -> None:
    assert expected == judge(heard, 3, 3, words_in("en")).reason


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
CHANGED = {"type": "ChangesTaken", "data": {}}


@pytest.mark.parametrize(
    ("lane", "expected"),
    [
        pytest.param([], 0, id="nothing was drafted"),
        pytest.param([DRAFT, SENT_BACK, DRAFT], 2, id="every draft that judges sent back"),
        pytest.param([DRAFT, BY_PERSON, DRAFT], 1, id="not one that a person asked for"),
        pytest.param([DRAFT, OVERTAKEN, DRAFT], 1, id="nor one that another section's text made due"),
        pytest.param([DRAFT, CHANGED, DRAFT], 1, id="nor one that was changed from outside"),
        pytest.param([DRAFT, SENT_BACK, DRAFT, BY_PERSON, DRAFT], 2, id="but those before it"),
    ],
)
def test_rounds_that_are_used(lane: list, expected: int) -> None:
    assert expected == rounds_used(lane)
