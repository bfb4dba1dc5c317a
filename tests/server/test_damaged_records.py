"""A disk that fails the record: a clear failure that leaves the run open, never a wrong document."""

import contextlib
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from cli import Quire
from killing import journal
from toys import section, toy_brief

ROOT = Path(__file__).parents[2]
FILES = ("document.md", "document.json", "document.html")
LIMITED = """
import resource
import sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)), resource.RLIM_INFINITY))
sys.argv[0] = "quire"
from server.cli import main
main()
"""


@pytest.fixture
def whole(quire: Quire, brief: Path, tmp_path: Path) -> dict[str, bytes]:
    """Give the document that an undisturbed run of the same brief comes to."""
    written = quire("write", str(brief), "--run-id", "r", "--out", "whole", QUIRE_HOME=str(tmp_path / "other"))
    assert 0 == written.returncode
    return files(tmp_path / "whole")


def files(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES}


def with_room_for(size: int, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line where no file can grow beyond a size, as on a disk that is full."""
    return subprocess.run(
        [sys.executable, "-c", LIMITED, str(size), *arguments],
        cwd=home.parent,
        env={"QUIRE_HOME": str(home), "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("room", [180_000, 250_000, 350_000])
def test_a_run_whose_disk_is_full_says_so_and_goes_on_once_there_is_room(
    quire: Quire, brief: Path, tmp_path: Path, whole: dict[str, bytes], room: int
) -> None:
    home = tmp_path / "home"

    full = with_room_for(room, home, "write", str(brief), "--run-id", "r", "--out", "out")

    assert 1 == full.returncode, (full.stdout, full.stderr)
    assert "Traceback" not in full.stderr
    assert 1 == len(full.stderr.splitlines())
    assert full.stderr.startswith("quire: the record in quire.db cannot be used: ")
    assert "transaction" not in full.stderr
    assert full.stderr.endswith("to carry on: quire resume r\n")
    assert not (tmp_path / "out").exists()
    begun = journal(home)
    assert "RunEnded" not in {event["type"] for event in begun}
    assert 0 == quire("resume", "r").returncode
    assert begun == journal(home)[: len(begun)]
    assert whole == files(tmp_path / "out")


def changed(home: Path, table: str, column: str, value: object, where: str) -> None:
    with contextlib.closing(sqlite3.connect(home / "quire.db", isolation_level=None)) as db:
        assert 1 == db.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (value,)).rowcount  # noqa: S608 - names of ours


def test_a_row_that_was_torn_or_changed_is_not_used(quire: Quire, tmp_path: Path) -> None:
    home, path = tmp_path / "home", tmp_path / "brief.json"
    path.write_text(json.dumps(toy_brief(section("height"), options={"approve": ["section:height"]})))
    assert 4 == quire("write", str(path), "--run-id", "r", "--out", "out").returncode
    with contextlib.closing(sqlite3.connect(home / "quire.db")) as db:
        n, body = db.execute("SELECT n, body FROM events WHERE body LIKE '%40 feet%'").fetchone()
        digest, blob = db.execute("SELECT digest, bytes FROM blobs").fetchone()

    for table, column, damaged, as_it_was, where in (
        ("events", "body", body.replace("40 feet", "48 feet"), body, f"n = {n}"),
        ("events", "body", body[: len(body) // 2], body, f"n = {n}"),
        ("blobs", "bytes", blob[:-1], blob, f"digest = '{digest}'"),
    ):
        changed(home, table, column, damaged, where)
        refused = quire("resume", "r", "--out", "wrong")
        assert 1 == refused.returncode, damaged
        assert "as it was written" in refused.stderr
        assert "Traceback" not in refused.stderr
        assert not (tmp_path / "wrong").exists()
        changed(home, table, column, as_it_was, where)

    assert 0 == quire("answer", "r", "section:height", "approve").returncode
