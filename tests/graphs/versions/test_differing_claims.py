"""What two versions say differently, claim by claim."""

from typing import Any

from quire.graphs.versions.differing_claims import changed_claims


def document(*claims: tuple[str, str, str]) -> Any:
    """Give a document of one section of claims: name, words, verdict."""
    said = [
        {"id": name, "text": text, "basis": "source", "evidence": [], "verdict": {"verdict": verdict}}
        for name, text, verdict in claims
    ]
    return {"sections": [{"id": "roof", "content": {"blocks": [{"kind": "paragraph", "claims": said}]}}]}


YES, NO = "supported", "insufficient"


def test_each_claim_that_differs_is_named_once() -> None:
    before = document(
        ("c1", "The roof is of slate.", YES),
        ("c2", "It was mended in 2019 by Harbour.", YES),
        ("c3", "Nobody has seen the loft.", NO),
        ("c4", "The gutters leak.", YES),
        ("c5", "Moss grows on it.", YES),
    )
    now = document(
        ("c1", "The roof is of  slate.", YES),
        ("c2", "It was mended in 2021 by Harbour.", YES),
        ("c3", "Nobody has seen the loft.", YES),
        ("c4", "A chimney stands on the north side.", YES),
        ("c5", "Moss grows on it.", NO),
    )

    assert {
        ("changed", "It was mended in 2019 by Harbour.", "It was mended in 2021 by Harbour."),
        ("newly supported", "Nobody has seen the loft.", "Nobody has seen the loft."),
        ("no longer supported", "Moss grows on it.", "Moss grows on it."),
        ("no longer said", "The gutters leak.", ""),
        ("said", "", "A chimney stands on the north side."),
    } == {(c["change"], c["before"], c["now"]) for c in changed_claims(before, now)}


def test_the_same_claim_twice_is_two_claims() -> None:
    once, twice = [("c1", "It is dry.", YES)], [("c1", "It is dry.", YES), ("c2", "It is dry.", YES)]

    assert ["no longer said"] == [c["change"] for c in changed_claims(document(*twice), document(*once))]
    assert [] == changed_claims(document(*twice), document(*twice))


def test_a_persons_words_in_the_place_of_others_are_a_change_however_little_they_have_in_common() -> None:
    before = document(("c1", "The roof is 40 feet high.", YES))
    now = document(("c9", "Nobody knows.", NO))
    now["sections"][0]["content"]["blocks"][0]["claims"][0]["person"] = {"was": "The roof is 40 feet high.", "by": ""}

    assert [("changed", "The roof is 40 feet high.", "Nobody knows.")] == [
        (one["change"], one["before"], one["now"]) for one in changed_claims(before, now)
    ]
