"""The command line over a home of its own, and a small brief."""

import json
from pathlib import Path

import pytest
from cli import Done, Quire
from killing import finish
from killing import quire as start
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
