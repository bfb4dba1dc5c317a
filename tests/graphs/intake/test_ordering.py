"""The order of sections, and the cycles that leave none."""

from quire.graphs.intake.blueprint import SectionSpec
from quire.graphs.intake.ordering import cycle, topological


def sections(**after: list[str]) -> list[SectionSpec]:
    return [SectionSpec(id=name, title=name, after=needed) for name, needed in after.items()]


def test_a_section_comes_behind_all_it_waits_for_and_otherwise_where_it_stands() -> None:
    ordered = topological(sections(summary=["c", "a"], a=[], b=["c.drafted"], c=[], d=[]))

    assert [section.id for section in ordered] == ["a", "c", "summary", "b", "d"]


def test_sections_that_wait_for_nothing_keep_their_order() -> None:
    assert [section.id for section in topological(sections(z=[], m=[], a=[]))] == ["z", "m", "a"]


def test_a_cycle_is_named_from_its_first_section_along_what_each_waits_for() -> None:
    assert cycle(sections(start=["c"], a=["b"], b=["c.drafted"], c=["a"])) == ["a", "b", "c", "a"]


def test_a_section_that_waits_for_itself_is_a_cycle() -> None:
    assert cycle(sections(a=[], b=["b"])) == ["b", "b"]


def test_sections_in_order_have_no_cycle() -> None:
    assert cycle(sections(a=["b"], b=["c"], c=[])) == []
