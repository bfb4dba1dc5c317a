import pytest

from quire.graphs.agents.planner.length import LEAST, MOST, length_of


@pytest.mark.parametrize(
    ("questions", "sources", "words"),
    [
        (["Which?", "What does it cost?", "Can it be done in time?"], [300] * 6, 600),
        (["Which?"], [300] * 6, 400),
        (["Which?"], [300] * 5 + [30_000], 450),
        (["Which?"], [12], LEAST),
        (["Which?"] * 12, [5_000] * 60, MOST),
    ],
    ids=["six short files", "one question", "a long file is not told whole", "next to nothing", "a whole archive"],
)
def test_a_report_is_as_long_as_its_questions_and_sources_call_for(
    questions: list[str], sources: list[int], words: int
) -> None:
    assert words == length_of(questions, sources)
