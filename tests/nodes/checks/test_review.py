"""What code objects to in a draft as a reader would."""

from quire.nodes.checks.review import read_draft
from quire.nodes.computations.blocks import paragraph, section, table
from quire.nodes.evidence.claims import with_ids
from quire.nodes.evidence.content import claim


def test_a_table_that_code_made_does_not_make_a_section_too_long() -> None:
    files = table(
        "What was looked at", ["Source"], [[claim(f"a file of some name, the {n}th", "fixed")] for n in range(20)]
    )
    said = with_ids(section([paragraph(claim("Six files are out of force.", "source"))]))["blocks"]
    spec = {"id": "sources", "words": 20}

    assert [] == read_draft(section([*said, files]), spec)
    long = with_ids(section([paragraph(claim("Six files are out of force. " * 9, "source"))]))
    assert ["length"] == [found["rule"] for found in read_draft(long, spec)]
