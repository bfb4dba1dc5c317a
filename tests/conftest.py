"""What all tests share: no model by default, no home of the user, a model server when asked for."""

import sys
from collections.abc import Iterator
from multiprocessing import forkserver
from pathlib import Path

import pytest
from model_server import ModelServer
from postgres import MISSING, Cluster, cluster, programs


@pytest.fixture(scope="session", autouse=True)
def _processes() -> None:
    """Start the process that others are forked from before a test sets variables: all would have them from then on."""
    if "killing" in sys.modules:
        with pytest.MonkeyPatch.context() as patched:
            leave_alone(patched)
            forkserver.ensure_running()


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    leave_alone(monkeypatch)
    monkeypatch.setenv("QUIRE_HOME", str(tmp_path / "home"))


def leave_alone(patched: pytest.MonkeyPatch) -> None:
    """Keep the user's settings and keys out of the tests."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "QUIRE_MODEL", "QUIRE_API_KEYS", "QUIRE_DATABASE_URL"):
        patched.delenv(name, raising=False)
    patched.setenv("LANGSMITH_TRACING", "false")


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """Start a model server on loopback and name it in the settings."""
    with ModelServer() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("QUIRE_CALL_TIMEOUT", "10")
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """Run a private PostgreSQL."""
    found = programs()
    if found is None:
        pytest.skip(MISSING)
    with cluster(found) as running:
        yield running
