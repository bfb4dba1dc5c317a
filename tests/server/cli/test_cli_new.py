"""What `quire new` refuses; what it writes is tested in `tests/packaging`."""

from pathlib import Path

import pytest
from cli import Quire


@pytest.mark.parametrize(
    ("what", "name", "problem"),
    [
        ("kind", "general-report", "there is a kind called 'general-report' already"),
        ("agent", "writer", "there is an agent called 'writer' already"),
        ("agent", "begin", "there is an agent called 'begin' already"),
        ("kind", "Visit Report", "'Visit Report' cannot be the name of a kind"),
        ("kind", "../up", "'../up' cannot be the name of a kind"),
        ("kind", "a" * 41, "cannot be the name of a kind"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_and_nothing_written(
    quire: Quire, tmp_path: Path, what: str, name: str, problem: str
) -> None:
    done = quire("new", what, name)

    assert 2 == done.returncode
    assert problem in done.stderr
    assert [] == [path for path in tmp_path.rglob("*") if path.name.startswith("quire-")]


def test_what_is_there_is_not_written_over(quire: Quire, tmp_path: Path) -> None:
    (tmp_path / "quire-visits").mkdir()

    done = quire("new", "kind", "visits")

    assert 2 == done.returncode
    assert "there is a quire-visits already" in done.stderr
    assert [] == list((tmp_path / "quire-visits").iterdir())
