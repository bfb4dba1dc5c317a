"""A disk that fails the record: a clear failure that leaves the run open, never a wrong document."""

import contextlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from cli import Done, Quire
from crash_stories import scribe
from killing import attempts, finish, journal, kill_at
from killing import quire as start
from model_server import Asked, ModelServer
from toys import section, toy_brief

ROOT = Path(__file__).parents[3]
FILES = ("document.md", "document.json", "document.html")
BRIEF = toy_brief(section("height"), section("yards", "height"))
ROOM = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, resource.RLIM_INFINITY))"
PATIENCE = "from quire.nodes.event_store import sqlite; sqlite.BUSY_SECONDS = {seconds}"
QUIRE = "import sys; sys.argv[0] = 'quire'; from quire.server.cli import main; main()"
UNPRIVILEGED = ("setpriv", "--inh-caps=-all", "--bounding-set=-all") if os.getuid() == 0 else ()
"""Root writes into what is read-only, unless that is taken from it."""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a brief, with the document that comes of it and the home of a run of it that was killed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    (folder / "brief.json").write_text(json.dumps(BRIEF))
    command = ("write", str(folder / "brief.json"), "--run-id", "r", "--out", "whole")
    assert 0 == finish(start(folder / "home", {}, *command))
    kill_at(start(folder / "half", {}, *command), folder / "half", 9)
    return folder


@pytest.fixture
def whole(undisturbed: Path) -> dict[str, bytes]:
    """Give the document that an undisturbed run comes to."""
    return files(undisturbed / "whole")


def files(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES}


def under(setting: str, home: Path, *arguments: str, by: Sequence[str] = (), **settings: str) -> Done:
    """Run the command line in circumstances of its own."""
    env = {"QUIRE_HOME": str(home), "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [*by, sys.executable, "-c", f"{setting}\n{QUIRE}", *arguments],
        cwd=home.parent,
        env=env | settings,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def assert_said(done: Done, *said: str) -> None:
    assert 1 == done.returncode, done
    assert "Traceback" not in done.stderr
    *_, last = done.stderr.splitlines()
    assert last.startswith("quire: the record in quire.db cannot be used: ")
    assert all(each in last for each in said), last


@pytest.mark.parametrize(
    "room", [pytest.param(215_000, marks=pytest.mark.long), 250_000, pytest.param(350_000, marks=pytest.mark.long)]
)
def test_a_run_whose_disk_is_full_says_so_and_goes_on_once_there_is_room(
    quire: Quire, brief: Path, tmp_path: Path, whole: dict[str, bytes], room: int
) -> None:
    home = tmp_path / "home"

    full = under(ROOM.format(size=room), home, "write", str(brief), "--run-id", "r", "--out", "out")

    assert_said(full)
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


@contextlib.contextmanager
def locked(home: Path) -> Iterator[None]:
    """Hold the record's file as another program may: nobody else writes."""
    with contextlib.closing(sqlite3.connect(home / "quire.db", isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        yield


class Locksmith:
    """A model whose second answer comes while somebody else holds the record, for so many more seconds."""

    def __init__(self, home: Path, seconds: float | None) -> None:
        self._home, self._seconds = home, seconds
        self._answers = 0
        self.over = threading.Event()

    def __call__(self, asked: Asked) -> str:
        self._answers += 1
        if self._answers == 2:
            held = threading.Event()
            threading.Thread(target=self._hold, args=(held,), daemon=True).start()
            held.wait()
        return scribe(asked)

    def _hold(self, held: threading.Event) -> None:
        with locked(self._home):
            held.set()
            self.over.wait(self._seconds)


def model(server: ModelServer) -> dict[str, str]:
    return {"OPENAI_BASE_URL": server.url}


@pytest.mark.long
def test_a_record_that_somebody_holds_for_a_while_is_waited_for(quire: Quire, tmp_path: Path, brief: Path) -> None:
    home = tmp_path / "home"
    with ModelServer(scribe) as server:
        quire("write", str(brief), "--run-id", "r", "--out", "whole", QUIRE_HOME=str(tmp_path / "b"), **model(server))
        calls = len(server.asked)
        server.reply = Locksmith(home, seconds=2)
        done = quire("write", str(brief), "--run-id", "r", "--out", "out", **model(server))
        assert 2 * calls == len(server.asked)

    assert 0 == done.returncode, done.stderr
    assert files(tmp_path / "whole") == files(tmp_path / "out")


@pytest.mark.long
def test_a_record_that_somebody_holds_for_too_long_is_named_and_nothing_is_lost(
    quire: Quire, tmp_path: Path, brief: Path
) -> None:
    home, settings = tmp_path / "home", PATIENCE.format(seconds=0.5)
    with ModelServer(scribe) as server:
        quire("write", str(brief), "--run-id", "r", "--out", "whole", QUIRE_HOME=str(tmp_path / "b"), **model(server))
        calls = len(server.asked)
        server.reply = holder = Locksmith(home, seconds=None)
        refused = under(settings, home, "write", str(brief), "--run-id", "r", "--out", "out", **model(server))
        again = under(settings, home, "resume", "r")
        begun, recorded, asked = journal(home), attempts(home), len(server.asked)
        holder.over.set()
        done = quire("resume", "r", **model(server))
        assert calls - recorded == len(server.asked) - asked, "recorded replies are not asked for again"

    assert_said(refused, "database is locked", "to carry on: quire resume r")
    assert_said(again, "database is locked")
    assert 0 == done.returncode, done.stderr
    assert begun == journal(home)[: len(begun)]
    assert files(tmp_path / "whole") == files(tmp_path / "out")


@pytest.fixture
def broken_off(undisturbed: Path, tmp_path: Path) -> Path:
    """Give the home of a run that was killed half-way."""
    return Path(shutil.copytree(undisturbed / "half", tmp_path / "home"))


@pytest.mark.parametrize("read_only", ["the file", "the folder"])
def test_a_record_that_is_read_only_is_named_and_goes_on_once_it_is_not(
    quire: Quire, tmp_path: Path, broken_off: Path, whole: dict[str, bytes], read_only: str
) -> None:
    (broken_off / "locks").mkdir(exist_ok=True)
    shut = [broken_off / "quire.db"] if read_only == "the file" else [broken_off, *broken_off.iterdir()]
    modes = [path.stat().st_mode for path in shut]
    begun = journal(broken_off)
    for path in reversed(shut):
        path.chmod(path.stat().st_mode & 0o555)

    refused = under("", broken_off, "resume", "r", "--out", "wrong", by=UNPRIVILEGED)

    assert_said(refused)
    assert not (tmp_path / "wrong").exists()
    for path, mode in zip(shut, modes, strict=True):
        path.chmod(mode)
    assert begun == journal(broken_off)[: len(begun)]
    assert 0 == quire("resume", "r", "--out", "out").returncode
    assert whole == files(tmp_path / "out")


def settled(home: Path) -> Path:
    """Write what stands in the log into the file itself."""
    with contextlib.closing(sqlite3.connect(home / "quire.db")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home / "quire.db"


def cut(file: Path, share: float) -> None:
    os.truncate(file, int(file.stat().st_size * share))


def garble(file: Path, seed: int) -> None:
    """Change some bytes, anywhere."""
    rng, content = random.Random(seed), bytearray(file.read_bytes())
    for _ in range(rng.randint(1, 8)):
        content[rng.randrange(len(content))] ^= rng.randint(1, 255)
    file.write_bytes(bytes(content))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a tenth is left": lambda home: cut(settled(home), 0.1),
    "half is left": lambda home: cut(settled(home), 0.5),
    "nine tenths are left": lambda home: cut(settled(home), 0.9),
    "nothing is left": lambda home: cut(settled(home), 0),
    "no database": lambda home: settled(home).write_text("eggs, milk, bread\n" * 500),
    "a database of somebody else": lambda home: settled(home).write_bytes(_foreign(home)),
    "no file": lambda home: settled(home).unlink(),
    "no log": lambda home: (home / "quire.db-wal").unlink(),
    "half a log": lambda home: cut(home / "quire.db-wal", 0.5),
    "a log and no file": lambda home: (home / "quire.db").unlink(),
}


def _foreign(home: Path) -> bytes:
    other = home / "other.db"
    with contextlib.closing(sqlite3.connect(other, isolation_level=None)) as db:
        db.execute("CREATE TABLE runs (miles INTEGER)")
    return other.read_bytes()


def outcome(quire: Quire, tmp_path: Path, whole: dict[str, bytes]) -> str:
    """Say how a damaged run went on: ``right``, ``refused`` or ``unknown``; nothing else may happen."""
    done = quire("resume", "r", "--out", "out", "--format", "md,json,html")
    assert "Traceback" not in done.stderr, done.stderr
    if done.returncode == 0:
        assert whole == files(tmp_path / "out")
        return "right"
    assert not (tmp_path / "out").exists(), "a wrong document, or half of one"
    assert 1 == len(done.stderr.splitlines()), done.stderr
    return {1: "refused", 2: "unknown"}[done.returncode]


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_left_of_a_record_is_carried_on_rightly_or_refused(
    quire: Quire, tmp_path: Path, broken_off: Path, whole: dict[str, bytes], damage: str
) -> None:
    DAMAGES[damage](broken_off)

    assert outcome(quire, tmp_path, whole) in {"right", "refused", "unknown"}


@pytest.mark.long
@pytest.mark.timeout(900)
def test_bytes_that_changed_in_the_file_make_no_wrong_document(
    quire: Quire, tmp_path: Path, broken_off: Path, whole: dict[str, bytes]
) -> None:
    kept = settled(broken_off).read_bytes()
    came = []
    for seed in range(60):
        shutil.rmtree(broken_off)
        broken_off.mkdir()
        (broken_off / "quire.db").write_bytes(kept)
        garble(broken_off / "quire.db", seed)
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        came.append(outcome(quire, tmp_path, whole))

    assert 10 < came.count("refused") < 60
