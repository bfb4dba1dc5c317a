"""A returned file that was made to do harm is refused within the bounds of a source."""

import pytest

from quire.nodes.faults import BadInput
from quire.nodes.returned.returned import asked_by
from tests.nodes.render import sample
from tests.nodes.sources.hostile_files import FILES, body

WORDS = {name: made for name, (file, made) in FILES.items() if file.endswith(".docx")}


@pytest.mark.long
@pytest.mark.parametrize("name", WORDS)
def test_it_is_refused(name: str) -> None:
    with pytest.raises(BadInput):
        asked_by(sample.document(), "back.docx", WORDS[name]())


def test_another_document_is_none_of_this_ones_changes() -> None:
    lines = "".join(f"<w:p><w:r><w:t>Line {n} of something else.</w:t></w:r></w:p>" for n in range(5_000))

    with pytest.raises(BadInput, match="longer than what went out"):
        asked_by(sample.document(), "back.docx", body(lines))
