"""What a document shows of a section that the editor has worded anew."""

import pytest

from quire.graphs.run.standing import in_other_words
from quire.nodes.computations.blocks import paragraph, section
from quire.nodes.evidence.claims import with_ids
from quire.nodes.evidence.content import claim
from quire.nodes.render.document import DocumentSection

UNCLEAR = "“It should be there.”: It is unclear who says so."
LATE = "„The offer came late.“: Es fehlt, wann."


@pytest.mark.parametrize(
    ("proposed", "left"),
    [
        ([("c1", "The request asks for one.")], [LATE]),
        ([("c1", "It should be there. It is asked for.")], [UNCLEAR, LATE]),
        ([("c2", "")], [UNCLEAR]),
    ],
)
def test_an_objection_to_words_that_stand_no_more_is_met(proposed: list[tuple[str, str]], left: list[str]) -> None:
    said = paragraph(claim("It should be there.", "source"), claim("The offer came late.", "source"))
    stands = DocumentSection(
        id="summary", title="Summary", status="approved", rounds=1, words=8, models={}, objections=[UNCLEAR, LATE]
    )
    stands["content"] = with_ids(section([said]))

    worded = in_other_words(stands, [{"section": "summary", "claim": c, "text": t} for c, t in proposed])

    assert left == worded["objections"]
