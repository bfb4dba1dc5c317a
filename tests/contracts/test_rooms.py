"""A stranger finds the room by its name and reads one file at a sitting."""

from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2]
LOOSE = {"graphs": {"events.py", "studio.py"}, "nodes": {"faults.py"}, "server": {"app.py"}}
"""What stands in no room, since it names the whole place."""
LONGEST = 300


@pytest.mark.parametrize("folder", LOOSE)
def test_nothing_stands_outside_the_rooms_but_what_names_the_place(folder: str) -> None:
    loose = {file.name for file in (PACKAGE / folder).glob("*.py")} - {"__init__.py"}

    assert LOOSE[folder] == loose


@pytest.mark.parametrize("folder", LOOSE)
def test_no_module_is_longer_than_can_be_read_at_a_sitting(folder: str) -> None:
    lengths = {str(file): len(file.read_text("utf-8").splitlines()) for file in (PACKAGE / folder).rglob("*.py")}

    assert len(lengths) > 20
    assert {} == {file: lines for file, lines in lengths.items() if lines > LONGEST}
