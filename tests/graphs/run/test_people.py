"""What people are still asked, as a function of a journal."""

import pytest

from quire.graphs.run.journal import Journal


def event(n: int, type_: str, section: str | None = "s", cause: int = 0, question: str | None = None) -> dict:
    data: dict = {"changes": []} if question is None else {"question": question}
    return {
        "id": f"e{n}",
        "type": type_,
        "n": n,
        "agent": "outside",
        "section": section,
        "epoch": 1,
        "cause": f"e{cause}" if cause else None,
        "data": data,
    }


PLAN = event(1, "PlanProposed", None, question="plan")
SUBMITTED = event(2, "SectionSubmitted", question="section:s")
CANCELLED = event(3, "SectionCancelled")


@pytest.mark.parametrize(
    ("journal", "asked"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([PLAN, SUBMITTED], ["plan", "section:s"], id="all that were asked"),
        pytest.param(
            [PLAN, SUBMITTED, event(4, "AnswerGiven", None, cause=1)], ["section:s"], id="until it is answered"
        ),
        pytest.param([event(2, "SectionSubmitted", question="")], [], id="a draft that only waits asks nothing"),
        pytest.param([SUBMITTED, event(4, "ChangesTaken")], [], id="a section that starts afresh asks no more"),
        pytest.param([SUBMITTED, event(4, "ChangesTaken", "t")], ["section:s"], id="another one does not matter"),
        pytest.param([SUBMITTED, CANCELLED], [], id="a section that is cancelled asks no more"),
        pytest.param([CANCELLED, SUBMITTED], [], id="not even if it was being submitted"),
    ],
)
def test_open_questions(journal: list[dict], asked: list[str]) -> None:
    assert asked == list(Journal(journal).open_questions())
