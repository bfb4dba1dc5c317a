"""What the page on records shows is a blueprint that makes a document."""

import re
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

import quire
from quire.nodes.records.shown import Shown

PAGE = (Path(__file__).parents[2] / "docs" / "records.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
NOTE = """# Night outage

Incident: Night outage
Severity: SEV1
Began: 4 May 2026 02:10
Recovered: 4 May 2026 03:40
Lost revenue: EUR 500
"""


def test_the_example_makes_a_document() -> None:
    (shown, *_) = EXAMPLES
    blueprint = {"name": "incidents", "title": "Incidents", **yaml.safe_load(shown)}
    sources = [{"name": "notes/night.md", "text": NOTE}]

    made = quire.write({"title": "Incidents of May", "blueprint": blueprint, "sources": sources})

    assert "done" == made["status"]
    assert "SEV1" in made["markdown"]
    assert "Median time to recovery" in made["markdown"]


@pytest.mark.parametrize("example", [example for example in EXAMPLES if example.startswith("- ")])
def test_each_example_of_a_display_can_be_shown(example: str) -> None:
    assert TypeAdapter(list[Shown]).validate_python(yaml.safe_load(example))
