"""What only the whole document shows."""

from quire.nodes.checks.editing import without_repeats


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
