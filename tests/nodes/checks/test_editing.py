"""What only the whole document shows."""

from quire.nodes.checks.editing import contradictions, repetitions, without_repeats
from quire.nodes.computations.blocks import paragraph, section, value
from quire.nodes.evidence.content import claim
from quire.nodes.language.catalogue import words_in


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
