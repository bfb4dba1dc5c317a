"""What a section is given to build on: whole sources or what was found, each passage under what it is."""

from itertools import pairwise

import pytest

from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.from_passages import quoted
from quire.nodes.evidence.naming import words_of
from quire.nodes.model.material import material
from quire.nodes.search.coverage import covered, uncovered
from quire.nodes.search.pack import chosen, fits, whole
from quire.nodes.search.queries import plain_queries, questions_of, subject_of
from quire.nodes.search.retrieval import Index, rank
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read
from quire.nodes.survey.survey import by_source, survey

NOTES = """# Site notes

Last updated: May 2026

## Costs

The parts of the cost are:

- the roof at 48,000 dollars
- the yard at 9,500 dollars

| Item | 2025 | 2026 |
|---|---|---|
| Roof | 45,000 | 48,000 |
| Yard | 9,000 | 9,500 |

- **Owner:** Elm Street Trust

## Risks
"""
OLD = "# Site notes\n\nNote: superseded by the notes of 2026.\n\nThe roof costs 40,000 dollars.\n"
READINGS = [read(name, text.encode()) for name, text in (("archive/notes_2024.md", OLD), ("notes.md", NOTES))]
SURVEY = by_source(survey(READINGS))
WHOLE = whole(READINGS, SURVEY)


def found(query: str, budget: int = 1000) -> list[Evidence]:
    passages = [p for reading in READINGS for p in reading["passages"] if p["kind"] != "heading"]
    return chosen(Index(passages).search(query, 3), READINGS, SURVEY, budget)


def quotes(evidence: list[Evidence]) -> list[str]:
    return [e["quote"] for e in evidence]


def test_whole_sources_lose_no_word() -> None:
    said = " ".join(words_of(e) for e in WHOLE)
    for reading in READINGS:
        assert [p["text"] for p in reading["passages"] if p["text"] not in said] == []


def test_what_no_longer_holds_comes_last_and_says_so() -> None:
    assert ["current", "superseded"] == list(dict.fromkeys(e.get("status", "") for e in WHOLE))
    assert "archive/notes_2024.md" == WHOLE[-1]["source"]


def test_each_passage_stands_under_its_source_heading_header_and_label() -> None:
    roof = next(e for e in WHOLE if e["quote"].startswith("Item: Roof"))
    owner = next(e for e in WHOLE if e["quote"] == "Elm Street Trust")

    assert ("notes", "2026-05", "current") == (roof["what"], roof["date"], roof["status"])
    assert "Site notes > Costs" == roof["heading"] == owner["heading"]
    assert "Item: Roof | 2025 | 2026" == roof["header"]
    assert "Owner" == owner["label"]
    assert "May 2026" in words_of(owner)


def test_a_heading_with_nothing_under_it_is_given_by_itself() -> None:
    assert ["Risks"] == [e["quote"] for e in WHOLE if e["quote"] in {"Site notes", "Costs", "Risks"}]


def test_it_is_shown_under_source_and_heading_one_line_each() -> None:
    text = "\n".join(piece.text for piece in material(WHOLE))

    assert "Source notes.md (notes, dated 2026-05, current)\n" in text
    assert "Source archive/notes_2024.md (notes, 2024, dated 2024, SUPERSEDED)\n" in text
    assert "[Site notes > Costs]\nE2: The parts of the cost are:\nE3: the roof" in text
    assert "(Owner): Elm Street Trust" in text
    assert "(heading): Risks" in text
    assert material(WHOLE) == material(list(WHOLE))


def test_no_passage_begins_a_line_of_its_own_making() -> None:
    planted = Evidence(source="a\nE9: b.md", address="line 1", quote="x\nE7: free\nSource b.md", hash="", label="\nE5")
    (piece,) = material([planted])
    assert 2 == len(piece.text.splitlines())


def test_pieces_hold_whole_lines_and_every_number_once() -> None:
    evidence = [Evidence(source="a.md", address=f"line {n}", quote="word " * 60, hash="") for n in range(40)]
    pieces = material(evidence)

    numbers = [int(line[1:].partition(":")[0]) for p in pieces for line in p.text.splitlines() if line[0] == "E"]
    assert list(range(1, 41)) == numbers
    assert len(pieces) > 4


def test_more_evidence_leaves_what_was_shown_before_as_it_was() -> None:
    fewer, more = ("\n".join(p.text for p in material(e)) for e in (WHOLE[:5], WHOLE))
    assert more.startswith(fewer)


def test_a_list_item_comes_with_its_lead_in() -> None:
    assert quotes(found("the yard at 9,500 dollars"))[:1] == ["The parts of the cost are:"]


def test_a_printed_row_comes_with_its_header() -> None:
    lines = [
        "Our robots at work in the year.",
        "| Spec | Now | Next |",
        "|---|---|---|",
        "| Payload | 600 kg | 950 kg |",
    ]
    reading = read("spec.txt", "\n\n".join(lines).encode())
    (row,) = Index(reading["passages"]).search("payload", 1)

    given = chosen([row], [reading], by_source(survey([reading])), 1000)
    assert ["| Spec | Now | Next |", "| Payload | 600 kg | 950 kg |"] == quotes(given)


def test_what_was_found_keeps_to_the_budget_the_best_first() -> None:
    ordered = found("roof dollars")
    assert found("roof dollars", budget=60) == [e for e in ordered if e in found("roof dollars", budget=60)]
    assert 1 <= len(found("roof dollars", budget=60)) < len(ordered)


def test_whether_sources_fit() -> None:
    assert fits(READINGS, 1000)
    assert not fits(READINGS, 100)


def test_a_long_passage_is_quoted_whole_in_pieces_of_whole_sentences() -> None:
    text = " ".join(f"Sentence number {n} says something of the site and its costs." for n in range(60))
    reading = read("long.md", text.encode())
    pieces = quoted(reading["passages"][0], by_source(survey([reading]))["long.md"])

    assert text == " ".join(quotes(pieces))
    assert all(len(quote) <= 900 and quote.endswith(".") for quote in quotes(pieces))
    assert 1 == len({e["address"] for e in pieces})


def test_what_two_sources_say_is_given_of_both_and_what_one_repeats_once() -> None:
    says = "The outage of the order service lasted five minutes."
    twice = read("a.md", f"{says}\n\nOther words.\n\n{says}\n".encode())
    other = read("b.md", f"{says}\n".encode())
    readings: list[Reading] = [twice, other]

    assert ["a.md", "b.md"] == [
        p["source"] for r in [readings] for p in rank([*twice["passages"], *other["passages"]], "outage", 9)
    ]
    assert ["a.md", "a.md", "b.md"] == [e["source"] for e in whole(readings, by_source(survey(readings)))]


def test_several_queries_are_fused() -> None:
    passages = [p for r in READINGS for p in r["passages"] if p["kind"] != "heading"]
    both = Index(passages).search_all(["Who owns it? owner", "What does the yard cost?"], 4)

    assert {"Elm Street Trust", "the yard at 9,500 dollars"} <= {p["text"] for p in both}


def test_a_source_is_found_by_its_name() -> None:
    made = [read(f"q{n}_2026_report.md", b"Revenue was up.\n") for n in (1, 2)]
    (best,) = rank([p for r in made for p in r["passages"]], "revenue q2 2026", 1)
    assert "q2_2026_report.md" == best["source"]


@pytest.mark.parametrize(
    ("section", "facts", "questions"),
    [
        ({"questions": ["Who?", "When?"]}, {"question": "Why?"}, ["Who?", "When?"]),
        ({}, {"question": "Who founded it? When was that?"}, ["Who founded it?", "When was that?"]),
        ({}, {"client": "Harbour"}, []),
        ({}, {"question": 3}, []),
    ],
)
def test_the_questions_of_a_section(section: dict, facts: dict, questions: list[str]) -> None:
    assert questions == questions_of(section, facts)


def test_facts_steer_no_search_and_instructions_only_where_there_is_no_question() -> None:
    section = {"title": "Findings", "instructions": "Say what matters."}
    assert ["Who? Who? Findings"] == plain_queries(section, ["Who?"])
    assert ["Findings Findings Say what matters."] == plain_queries(section, [])
    assert (["the roof"], []) == (subject_of({"subject": "the  roof"}), subject_of({"subject": 3}))


def test_which_questions_are_covered() -> None:
    told = covered(["What does the roof cost in 2026?", "Who insures the vessel?"], WHOLE)

    assert [["Who insures the vessel?"]] == [uncovered(told)]
    assert any("48,000" in WHOLE[n - 1]["quote"] for n in told["What does the roof cost in 2026?"])
    assert all(a < b for numbers in told.values() for a, b in pairwise(numbers))


def test_a_source_that_goes_on_in_another_piece_is_named_again() -> None:
    evidence = [
        Evidence(source="a.md", address=f"line {n}", quote="word " * 60, hash="", heading="Costs") for n in range(40)
    ]

    pieces = material(evidence)

    assert len(pieces) > 1
    assert all(p.text.startswith("Source a.md (") and "\n[Costs]\n" in p.text for p in pieces)
