import json

import pytest

from quire.nodes.render.document import number
from quire.nodes.render.json_export import render
from tests.nodes.render import sample
from tests.nodes.render.hostile import HOSTILE, document_of


def test_the_document_comes_back_as_it_was_with_its_numbering() -> None:
    read = json.loads(render(sample.document()))
    numbering = read.pop("numbering")

    assert read == sample.document()
    assert [c["number"] for c in numbering["citations"]] == list(range(1, 16))
    assert [t["number"] for t in numbering["tables"]] == ["1", "2", "3"]
    assert [t["section"] for t in numbering["tables"]] == ["1", "5", "5"]
    assert [h["number"] for h in numbering["headings"]] == ["2.1", "2.2", "5.1"]
    assert [s["number"] for s in numbering["sections"]] == list("12345678")
    assert [c["mark"] for c in numbering["computations"]] == ["a", "b", "c", "d"]
    assert [c["how"] for c in numbering["computations"]] == [c.how for c in number(sample.document()).computations]


def test_keys_are_sorted() -> None:
    read = json.loads(render(sample.document()), object_pairs_hook=lambda pairs: [key for key, _ in pairs])

    assert read == sorted(read)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_json_reader_can_read_it(text: str) -> None:
    data = render(document_of(text))

    assert json.loads(data.decode("utf-8"))["open_questions"]
    assert b"\\ud8" not in data
    assert not {0x00, 0x1B} & set(data)
