"""A private PostgreSQL on loopback, for as long as the tests last."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
from serving import free_port

MISSING = "PostgreSQL's programs are not on this machine: apt-get install postgresql"
_NUMBERS = count(1)


class Cluster:
    """A running PostgreSQL.

    Args:
        folder: where it keeps everything; its owner runs it.
        programs: where ``initdb`` and ``pg_ctl`` are.

    """

    def __init__(self, folder: Path, programs: Path) -> None:
        self._folder = folder
        self._programs = programs
        self._port = free_port()
        self._run("initdb", "-D", str(folder / "data"), "-U", "quire", "-A", "trust", "-E", "UTF8", "--no-sync")

    def start(self) -> None:
        """Start it."""
        settings = (
            f"-p {self._port} -k {self._folder} -c listen_addresses=127.0.0.1 -c max_connections=300 -c fsync=off"
        )
        log = str(self._folder / "log")
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-l", log, "-o", settings, "-w", "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it: ``fast`` cuts all connections, ``immediate`` is a crash."""
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", mode, "-w", "stop")

    def database(self) -> str:
        """Make an empty database and give its URL."""
        name = f"quire_{next(_NUMBERS)}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as db:
            db.execute(f"CREATE DATABASE {name}".encode())
        return self._url(name)

    def drop(self, url: str) -> None:
        """Drop a database, whoever is still in it."""
        with psycopg.connect(self._url("postgres"), autocommit=True) as db:
            db.execute(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)".encode())

    def cut(self) -> int:
        """Cut every connection to every database, and give how many there were."""
        with psycopg.connect(self._url("postgres"), autocommit=True) as db:
            query = b"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'quire%'"
            return len(db.execute(query).fetchall())

    def _url(self, database: str) -> str:
        return f"postgresql://quire@127.0.0.1:{self._port}/{database}"

    def _run(self, program: str, *arguments: str) -> None:
        as_user = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups"] if os.getuid() == 0 else []
        command = [*as_user, str(self._programs / program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self._folder)
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"


def programs() -> Path | None:
    """Find the folder of PostgreSQL's programs."""
    found = [Path(p).resolve().parent for name in ("initdb",) if (p := shutil.which(name))]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in found if (folder / "pg_ctl").exists()), None)


@contextlib.contextmanager
def cluster(folder_of_programs: Path) -> Iterator[Cluster]:
    """Run a PostgreSQL of one's own. As root it runs as the user ``postgres``, because it refuses to be root."""
    folder = Path(tempfile.mkdtemp(prefix="quire-postgres-"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    made = Cluster(folder, folder_of_programs)
    made.start()
    try:
        yield made
    finally:
        with contextlib.suppress(AssertionError):
            made.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)
