from array import array

import pytest

from quire.nodes.search.meaning import MOST_AT_ONCE, batches, key_of, meant_by, packed, rankings, unpacked
from quire.nodes.search.retrieval import Index
from quire.nodes.sources.read import read

PASSAGES = read("code.md", b"# Code\n\n## 1 Height\n\nAt most 40 feet.\n\n## 2 Yards\n\nAt least 20 feet.\n")[
    "passages"
]


def test_a_passage_is_embedded_under_its_headings_and_a_field_under_its_name() -> None:
    (height, yards) = (meant_by(p) for p in PASSAGES if p["kind"] != "heading")
    assert ("Code > 1 Height\nAt most 40 feet.", "Code > 2 Yards\nAt least 20 feet.") == (height, yards)
    (owner,) = read("a.md", b"---\nowner: Elm Trust\n---\n")["passages"]
    assert "owner\nElm Trust" == meant_by(owner)


def test_a_vector_is_kept_in_a_byte_a_number_and_hardly_turned() -> None:
    near, far = [0.9, 0.1, -0.2], [-0.5, 0.7, 0.1]
    kept = unpacked(packed(near))
    assert array("b", [127, 14, -28]) == kept
    assert [[0, 1]] == rankings([kept], [unpacked(packed(near)), unpacked(packed(far))])
    assert array("b", [0, 0]) == unpacked(packed([0.0, 0.0]))


@pytest.mark.parametrize("odd", [[1.0], [1.0, 0.0, 0.0], [0.0, 0.0]])
def test_what_cannot_be_compared_is_near_to_nothing(odd: list[float]) -> None:
    query, far = unpacked(packed([1.0, 0.0])), unpacked(packed([-1.0, 0.0]))
    assert [[1, 0]] == rankings([query], [unpacked(packed(odd)), far])


def test_equals_stand_in_their_order() -> None:
    one = unpacked(packed([1.0, 2.0]))
    assert [[0, 1, 2]] == rankings([one], [one, one, one])


def test_texts_part_alike_within_the_bounds_of_a_call() -> None:
    texts = [f"text {n}" for n in range(150)]
    assert [64, 64, 22] == [len(batch) for batch in batches(texts)]
    assert texts == [text for batch in batches(texts) for text in batch]
    long = ["x" * 2000 for _ in range(MOST_AT_ONCE)]
    assert [30, 30, 4] == [len(batch) for batch in batches(long)]
    assert [] == list(batches([]))


def test_a_vector_is_known_by_text_and_model() -> None:
    assert 3 == len({key_of("a", "m"), key_of("b", "m"), key_of("a", "n")})


def test_rankings_by_meaning_are_fused_with_those_by_words() -> None:
    passages = [p for p in PASSAGES if p["kind"] != "heading"]
    index = Index(passages)
    assert [] == index.search_all(["loftiness"], 2)
    assert [passages[1], passages[0]] == index.search_all(["loftiness"], 2, [[1, 0]])
    assert passages[0] == index.search_all(["40 feet"], 2, [[0, 1]])[0]
    assert index.search_all(["40 feet"], 2) == index.search_all(["40 feet"], 2, [])
