import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.nodes.render.pdf_measure import longest_word
from quire.nodes.render.widths import Need, column_widths

LENGTHS = st.floats(0, 5000)
NEEDS = st.builds(Need, LENGTHS, LENGTHS, LENGTHS)


@given(st.lists(NEEDS, min_size=1, max_size=60), st.floats(50, 1000))
def test_columns_fill_the_line_exactly_and_none_vanishes(needs: list[Need], line: float) -> None:
    widths = column_widths(needs, line)

    assert sum(widths) == pytest.approx(line)
    assert min(widths) >= min(24, line / (1.5 * len(needs))) - 1e-9


def test_figures_stay_in_one_line_where_prose_can_give_way() -> None:
    figure, prose = column_widths([Need(60, 55, 40), Need(900, 600, 50)], 400)

    assert figure > 40
    assert prose > 300


def test_columns_that_need_less_share_what_is_left_in_proportion() -> None:
    need = Need(124, 100, 10)

    assert column_widths([need, Need(74, 50, 10)], 348) == [224, 124]


def test_one_long_cell_among_short_ones_takes_no_room_from_a_column_of_long_ones() -> None:
    rarely, often = column_widths([Need(500, 60, 50), Need(500, 400, 50)], 400)

    assert often > 2.5 * rarely


def test_one_endless_word_leaves_the_other_columns_room() -> None:
    endless, other = column_widths([Need(9000, 9000, 9000), Need(100, 100, 80)], 400)

    assert endless < 330
    assert other > 75


def test_a_table_without_columns_has_no_widths() -> None:
    assert column_widths([], 100) == []


def test_what_a_space_holds_together_is_one_word() -> None:
    assert "§\u00a01231.04(a)" == longest_word("see §\u00a01231.04(a) there")
