"""What the page on briefs and blueprints shows is a document, and names every key there is."""

import re
from pathlib import Path

import pytest
from cli import Quire

from quire.graphs.intake.blueprint_models import AgentSpec, Blueprint, FactSpec, Part, Rule, SectionSpec
from quire.graphs.intake.brief_models import Brief, Budget, Options

PAGE = (Path(__file__).parents[3] / "docs" / "briefs.md").read_text("utf-8")
BLOCKS = re.findall(r"`([\w.]+)`:\n\n```(?:yaml|markdown)\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_is_a_document(quire: Quire, tmp_path: Path) -> None:
    for name, text in BLOCKS:
        (tmp_path / name).write_text(text, "utf-8")

    done = quire("write", str(tmp_path / "brief.yaml"), "--out", str(tmp_path / "out"), "--format", "md")

    assert 3 == done.returncode, done.stderr + done.stdout  # `advice` needs a model
    text = (tmp_path / "out" / "document.md").read_text("utf-8")
    assert ["brief.yaml", "upkeep.yaml", "roof.md"] == [name for name, _ in BLOCKS]
    assert "Nine slates are missing on the north side" in text
    assert "EUR 6,400" in text
    assert "It takes a model, and there was none" in text


@pytest.mark.parametrize("shape", [Brief, Options, Budget, Blueprint, FactSpec, SectionSpec, Rule, AgentSpec])
def test_every_key_is_named(shape: type[Part]) -> None:
    missing = [name for name in shape.model_fields if f"`{name}" not in PAGE]

    assert not missing
