"""The command line over a home of its own, and a small brief."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli import Done, Quire
from killing import finish
from killing import quire as start
from serving import quire_server
from toys import section, toy_brief


@pytest.fixture
def quire(tmp_path: Path) -> Quire:
    def run(*arguments: str, **settings: str) -> Done:
        code = finish(start(tmp_path / "home", settings, *arguments, told=tmp_path))
        return Done(code, (tmp_path / "stdout").read_text(), (tmp_path / "stderr").read_text())

    return run


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    path = tmp_path / "brief.json"
    path.write_text(json.dumps(toy_brief(section("height"), section("yards", "height"))))
    return path


@pytest.fixture(scope="module")
def langserve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve, and give where LangServe's routes are."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        with quire_server() as served:
            yield f"{served}/langserve"
