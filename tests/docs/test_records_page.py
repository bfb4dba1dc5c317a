"""What the page on records shows is a blueprint that makes a document."""

import re
from pathlib import Path

import yaml

import quire

PAGE = (Path(__file__).parents[2] / "docs" / "records.md").read_text("utf-8")
NOTE = """# Night outage

Incident: Night outage
Severity: SEV1
Began: 4 May 2026 02:10
Recovered: 4 May 2026 03:40
Lost revenue: EUR 500
"""


def test_the_example_makes_a_document() -> None:
    (shown,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    blueprint = {"name": "incidents", "title": "Incidents", **yaml.safe_load(shown)}
    sources = [{"name": "notes/night.md", "text": NOTE}]

    made = quire.write({"title": "Incidents of May", "blueprint": blueprint, "sources": sources})

    assert "done" == made["status"]
    assert "SEV1" in made["markdown"]
    assert "Median time to recovery" in made["markdown"]
