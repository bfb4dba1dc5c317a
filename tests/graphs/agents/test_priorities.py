import pytest

from quire.graphs.agents.planner.priorities import USUAL_WORDS, priorities
from quire.graphs.intake.blueprint import SectionSpec


def section(id_: str, *after: str, **more: object) -> SectionSpec:
    return SectionSpec.model_validate({"id": id_, "title": id_, "after": list(after), **more})


@pytest.mark.parametrize(
    ("sections", "first_to_last"),
    [
        ([section("alone"), section("head"), section("tail", "head")], ["head", "alone", "tail"]),
        ([section("a"), section("b", "a"), section("c", "b"), section("d")], ["a", "b", "c", "d"]),
        ([section("short", words=100), section("long", words=900), section("end", "short")], ["long", "short", "end"]),
        ([section("end", "long", "short", words=10), section("short", words=50), section("long", words=60)],
         ["long", "short", "end"]),
        ([section("cover", kind="template"), section("text"), section("index", "cover", kind="table")],
         ["text", "cover", "index"]),
    ],
    ids=["what others build on", "a chain from its head", "longer texts", "in any order of the plan", "no model asked"],
)  # fmt: skip
def test_when_calls_queue_the_longest_path_ahead_goes_first(
    sections: list[SectionSpec], first_to_last: list[str]
) -> None:
    ahead = priorities(sections)

    assert first_to_last == sorted(ahead, key=lambda id_: -ahead[id_])


def test_a_path_is_as_long_as_the_words_on_it() -> None:
    plan = [section("a", words=200), section("b", "a"), section("c", "a.drafted", words=50)]

    assert {"a": 200 + USUAL_WORDS, "b": USUAL_WORDS, "c": 50} == priorities(plan)
