"""``quire write`` reads a run's journal, row and blobs when it begins and when it tells what came of it, no more."""

import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from toys import SOURCE, section, toy_brief

from quire.server.cli import main

READS = {"journal": "SELECT body, n, id FROM events", "row": "SELECT id, tenant, status", "blobs": "SELECT bytes FROM"}


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Give the statements that SQLite was asked for, with their values, as it tells them itself."""
    told: list[str] = []
    connect = sqlite3.connect

    def traced(*given: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*given, **named)
        connection.set_trace_callback(told.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", traced)
    yield told
    assert any(statement.startswith("INSERT INTO events") for statement in told), "nothing was traced"


def quire(*typed: str) -> int:
    sys.argv[1:] = typed
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def reads(statements: list[str]) -> dict[str, int]:
    told = Counter(name for said in statements for name, start in READS.items() if said.startswith(start))
    return {name: told[name] for name in READS}


@pytest.mark.parametrize("sources", [1, 5])
def test_writing_two_sections_reads_journal_row_and_blobs_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statements: list[str], sources: int
) -> None:
    monkeypatch.setattr(sys, "argv", ["quire"])
    monkeypatch.chdir(tmp_path)
    more = [{"name": f"more-{n}.md", "text": f"# More\n\nNothing of it in {n}.\n"} for n in range(1, sources)]
    brief = toy_brief(section("height"), section("yards", "height"), sources=[SOURCE, *more])
    (tmp_path / "brief.yaml").write_text(yaml.safe_dump(brief))

    assert 0 == quire("write", "brief.yaml", "--run-id", "r")

    assert {"journal": 2, "row": 2, "blobs": 2} == reads(statements)
    assert "40 feet" in (tmp_path / "document.md").read_text()


def test_what_is_over_is_read_to_be_shown_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statements: list[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["quire"])
    monkeypatch.chdir(tmp_path)
    (tmp_path / "brief.yaml").write_text(yaml.safe_dump(toy_brief(section("height"))))
    quire("write", "brief.yaml", "--run-id", "r")
    before = len(statements)

    assert 0 == quire("resume", "r")

    assert 1 == reads(statements[before:])["journal"]
