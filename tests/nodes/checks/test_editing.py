"""What only the whole document shows."""

from quire.nodes.checks.editing import contradictions, differences_of, repetitions, without_repeats
from quire.nodes.computations.blocks import paragraph, section, value
from quire.nodes.differences.differing import differences
from quire.nodes.evidence.content import claim
from quire.nodes.language.catalogue import words_in
from quire.nodes.sources.read import read


def test_open_questions_are_one_list_without_repeats() -> None:
    asked = [
        "Who pays for the repair of the slipway in 2027?",
        "Who pays for the repair of the slipway in 2028?",
        "who pays for the repairs of the slipway in 2027",
        "How long does the work take?",
        "How long does the work take?",
    ]

    assert [asked[0], asked[1], asked[3]] == without_repeats(asked)
    assert ["?", "Where?"] == without_repeats(["?", "Where?"])


def test_sections_are_called_by_their_titles() -> None:
    said = paragraph(claim("The contract is awarded in July 2026 and it runs for two years.", "source"))
    sections = {name: section([said], {"term": value(years)}) for name, years in (("dates", "two"), ("cost", "three"))}
    titles, words = {"dates": "Dates of the procedure", "cost": "Cost"}, words_in("en")

    (repeated,), (contradicted,) = (find(sections, titles, words) for find in (repetitions, contradictions))

    assert repeated["message"].startswith("It repeats what “Dates of the procedure” says:")
    assert "It gives term as “three”; “Dates of the procedure” gives “two”." == contradicted["message"]


def test_quantities_of_which_one_value_counts_take_one_line_and_those_that_conflict_one_each() -> None:
    old = "# Works (superseded)\n\nMay 2023\n\n"
    old += "- Price of the night line: EUR 40m\n- Length of the night line: 4 km\n- Seats of the night line: 12\n"
    new = "# Works\n\nMay 2025\n\n- Price of the night line: EUR 64m\n- Length of the night line: 5 km\n"
    new += "- Seats of the night line: 15\n- Shops: 9\n"
    also = "# Works\n\nMay 2025\n\n- Shops: 8\n"
    sources = {"old.md": old, "new.md": new, "also.md": also}
    found = differences([read(name, text.encode()) for name, text in sources.items()])

    conflict, decided = (finding["message"] for finding in differences_of(found, words_in("en")))

    assert "Shops" in conflict
    assert "nothing tells which counts: 9 (new.md, dated 2025-05); 8 (also.md, dated 2025-05)" in conflict
    assert "price of the night line (EUR 64m); length of the night line (5 km); seats" in decided.casefold().replace(
        "eur", "EUR"
    )
