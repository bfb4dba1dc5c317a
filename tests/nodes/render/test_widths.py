import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.render.widths import column_widths

LENGTHS = st.floats(0, 5000)


@given(st.lists(st.tuples(LENGTHS, LENGTHS), min_size=1, max_size=30), st.floats(50, 1000))
def test_columns_fill_the_line_exactly_and_none_vanishes(columns: list[tuple[float, float]], line: float) -> None:
    widths = column_widths([a for a, _ in columns], [b for _, b in columns], line)

    assert sum(widths) == pytest.approx(line)
    assert min(widths) >= min(24, line / (1.5 * len(columns))) - 1e-9


def test_figures_stay_in_one_line_where_prose_can_give_way() -> None:
    figure, prose = column_widths([60, 900], [30, 50], 400)

    assert figure > 30
    assert prose > 300


def test_columns_that_need_less_share_what_is_left_in_proportion() -> None:
    wide, narrow = column_widths([124, 74], [10, 10], 348)

    assert (wide, narrow) == (224, 124)


def test_one_endless_word_leaves_the_other_columns_room() -> None:
    endless, other = column_widths([9000, 100], [9000, 80], 400)

    assert endless < 330
    assert other > 75


def test_a_table_without_columns_has_no_widths() -> None:
    assert column_widths([], [], 100) == []
