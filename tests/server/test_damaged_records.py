"""A disk that fails the record: a clear failure that leaves the run open, never a wrong document."""

import subprocess
import sys
from pathlib import Path

import pytest
from cli import Quire
from killing import journal

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


@pytest.mark.parametrize("room", [150_000, 250_000, 320_000])
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
