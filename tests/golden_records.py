"""Records that older releases left behind, and what makes more of them.

Before the version of the record is raised, the records of the code that is there are frozen::

    PYTHONPATH=. python tests/golden_records.py

Each is a run in the state that its name says, as the SQL that fills an empty SQLite file. ``--code DIR`` freezes those
of other code, an older check-out's for instance.
"""

import argparse
import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crash_stories import scribe
from model_server import ModelServer
from toys import section, toy_brief

KEPT = Path(__file__).parent / "golden"
RUN = "r"
SECTIONS = (section("height"), section("yards"), section("parking", "height", "yards"))


@dataclass(frozen=True)
class Golden:
    """A run, and where it stood when its record was frozen."""

    brief: Mapping[str, Any]
    killed_after: int | None = None
    """Events."""
    modelled: bool = False
    asks: str | None = None
    """What its user is asked, and approves once it goes on."""


GOLDEN = {
    "whole": Golden(toy_brief(*SECTIONS)),
    "half": Golden(toy_brief(*SECTIONS), killed_after=20),
    "asking": Golden(toy_brief(*SECTIONS, options={"approve": ["section:height"]}), asks="section:height"),
    "half-modelled": Golden(toy_brief(*SECTIONS), killed_after=20, modelled=True),
}  # fmt: skip


def thawed(name: str, version: int, home: Path) -> None:
    """Put a frozen record into a home."""
    home.mkdir(parents=True)
    with contextlib.closing(sqlite3.connect(home / "quire.db")) as db:
        db.executescript((KEPT / f"v{version}-{name}.sql").read_text())


def frozen(home: Path) -> tuple[int, str]:
    """Give the version of a record, and the SQL that makes it anew."""
    with contextlib.closing(sqlite3.connect(home / "quire.db")) as db:
        (version,) = db.execute("SELECT version FROM quire").fetchone()
        return int(version), "\n".join(db.iterdump()) + "\n"


def left_by(code: Path, golden: Golden, home: Path) -> None:
    """Have some code bring a run to where it is to stand."""
    home.mkdir(parents=True)
    (home / "brief.json").write_text(json.dumps(golden.brief))
    with ModelServer(scribe, delay=0.1) as server:
        env = {**os.environ, "QUIRE_HOME": str(home), "PYTHONPATH": str(code / "src")}
        env |= {"OPENAI_BASE_URL": server.url} if golden.modelled else {}
        command = [
            sys.executable,
            "-m",
            "quire",
            "write",
            "brief.json",
            "--run-id",
            RUN,
            "--format",
            "md",
            "--out",
            "out",
        ]
        process = subprocess.Popen(command, cwd=home, env=env, start_new_session=True)
        while golden.killed_after is not None and _events(home) < golden.killed_after:
            assert process.poll() is None, "the run was over before it could be killed"
            time.sleep(0.001)
        if golden.killed_after is not None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(60)


def _events(home: Path) -> int:
    with contextlib.suppress(sqlite3.OperationalError), contextlib.closing(sqlite3.connect(home / "quire.db")) as db:
        return int(db.execute("SELECT COUNT(*) FROM events").fetchone()[0])
    return 0


def main() -> None:
    """Freeze them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--code", type=Path, default=Path(__file__).parents[1], help="whose records to freeze")
    code = parser.parse_args().code
    KEPT.mkdir(exist_ok=True)
    for name, golden in GOLDEN.items():
        with tempfile.TemporaryDirectory(prefix="quire-golden-") as folder:
            left_by(code, golden, Path(folder) / "home")
            version, text = frozen(Path(folder) / "home")
            (KEPT / f"v{version}-{name}.sql").write_text(text)


if __name__ == "__main__":
    main()
