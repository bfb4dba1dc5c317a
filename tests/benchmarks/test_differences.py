"""The planted differences of the benchmark, and its lookalikes."""

import differences
import pytest

from quire.nodes.differences.differing import is_conflict


@pytest.mark.long
def test_what_is_planted_is_named_and_what_only_looks_alike_is_not() -> None:
    cases = differences.cases()

    assert [c.name for c in cases if not c.is_right] == []
    assert (30, 60) == (sum(c.planted for c in cases), sum(not c.planted for c in cases))
    assert all(is_conflict(one) for c in cases if c.kind == "conflict" for one in c.found)
