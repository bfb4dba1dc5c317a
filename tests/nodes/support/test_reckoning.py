"""Figures that stand nowhere: which of them some reckoning over the named evidence comes to, and which none does."""

import pytest

from quire.nodes.evidence.content import Claim, Evidence
from quire.nodes.evidence.figures.conventions import ENGLISH
from quire.nodes.evidence.from_passages import quoted
from quire.nodes.sources.read import read
from quire.nodes.support.claim_check import Checked, check_claim
from quire.nodes.survey.survey import by_source, survey

ROWS = """lot_name,grower,fruit,crates,weight_kg,arrived,spoilt,asked
amber,Nord,pears,40,480,2026-05-04,no,38
birch,Nord,plums,25,210,2026-05-11,yes,25
cedar,Ostra,pears,60,735,2026-05-12,no,66
delta,Nord,pears,35,410,2026-06-02,yes,30
ember,Ostra,plums,15,128,2026-06-09,no,15
fjord,Nord,cherries,8,44,2026-06-15,yes,12
grove,Westen,pears,52,630,2026-06-22,no,50
"""
NOTES = """# Store

The cold store is 12 m by 8 m and holds 6,400 crates in 16 aisles.

In four years the price has risen by 2.8 euros. It was last set in 2024, for six years.

Doors were left open on 3 May, 9 May, 12 June and 30 May. Pears lie in bay 31, plums in the two others.

The store stands at 17 Quay Row.

The board meets on 12 March 2026 and answers within ten days. A repair cost 480 euros, of which 150 are ours.

Present: Lund, Feld, Crane, Moe. Absent: Aske.
"""


def of_rows(text: str, *numbers: int) -> Checked:
    return checked(text, "orders.csv", ROWS, [n - 1 for n in numbers] or list(range(7)))


def of_notes(text: str, *numbers: int) -> Checked:
    return checked(text, "store.md", NOTES, list(numbers))


def checked(text: str, name: str, source: str, numbers: list[int]) -> Checked:
    reading = read(name, source.encode())
    about = by_source(survey([reading]))[name]
    passages = [passage for passage in reading["passages"] if passage["kind"] != "heading"]
    evidence: list[Evidence] = [quoted(passages[n], about)[0] for n in numbers]
    return check_claim(Claim(text=text, basis="source", evidence=evidence), [reading], ENGLISH)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Of these 3 were spoilt.", "spoilt: yes"),
        ("Nord sent 4 of them.", "grower: Nord"),
        ("In May there came 3 orders.", "arrived in may"),
        ("Of more than 50 crates were 2 orders.", "crates above 50"),
        ("Nord's came to 1,144 kg.", "the sum of weight_kg"),
        ("All orders together weighed 2,637 kg.", "the sum of weight_kg"),
        ("All orders together weighed 2.64 tonnes.", "the sum of weight_kg"),
        ("On average an order weighed 377 kg.", "the mean of weight_kg"),
        ("In 3 cases more was sent than was asked for.", "more crates than asked"),
    ],
)
def test_what_rows_come_to_is_left_to_a_reader_who_is_told_which_rows(text: str, how: str) -> None:
    found = of_rows(text)

    assert "open" == found.verdict
    assert how in " ".join(found.to_look_at)
    assert not found.lenient


@pytest.mark.parametrize(
    "text",
    [
        "Nord's came to 1,244 kg.",
        "All orders together weighed 2,647 kg.",
        "All orders together weighed 3.1 tonnes.",
        "On average an order weighed 397 kg.",
        "As many as 263 crates were asked for.",
    ],
)
def test_what_no_choice_of_rows_comes_to_is_carried_by_no_reader(text: str) -> None:
    assert "insufficient" == of_rows(text).verdict


def test_rows_that_a_claim_does_not_name_are_counted_where_it_names_one_of_their_table() -> None:
    found = of_rows("Of 7 orders this one was the smallest.", 6)

    assert ("open", True) == (found.verdict, "all rows of orders.csv" in " ".join(found.to_look_at))


@pytest.mark.parametrize(
    ("text", "numbers", "how"),
    [
        ("The floor has 96 square metres.", [0], "12 m x 8 m"),
        ("An aisle holds 400 crates.", [0], "6,400 / 16"),
        ("That is 0.7 euros a year.", [1], "2.8 euros / four years"),
        ("That is 0.7 euros a year, and 1.4 euros in two.", [1], "0.7 euros a year"),
        ("Of the days three were in May.", [2], "may count what is listed there"),
        ("Five are on the board.", [5], "may count what is listed there"),
        ("The store pays 150 euros of it.", [4], "150 = 150 euros"),
    ],
)
def test_what_two_quantities_come_to_is_left_to_a_reader(text: str, numbers: list[int], how: str) -> None:
    found = of_notes(text, *numbers)

    assert "open" == found.verdict
    assert how in " ".join(found.to_look_at)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The floor has 98 square metres.", [0]),
        ("The floor has 96 metres.", [0]),
        ("An aisle holds 450 crates.", [0]),
        ("That is 0.9 euros a year.", [1]),
        ("It holds until 2033.", [1]),
        ("Of the days nine were in May.", [2]),
    ],
)
def test_what_nothing_comes_to_is_carried_by_no_reader(text: str, numbers: list[int]) -> None:
    assert "insufficient" == of_notes(text, *numbers).verdict


def test_a_day_that_follows_from_another_needs_no_year() -> None:
    assert "open" == of_notes("It will answer by 22 March.", 4).verdict
    assert "insufficient" == of_notes("It will answer by 28 March.", 4).verdict


def test_a_number_in_a_name_that_a_source_has_is_no_figure_of_the_claim() -> None:
    assert "open" == of_notes("The store at 17 Quay Row is 12 m long.", 0).verdict
    assert "insufficient" == of_notes("The store at 19 Quay Row is 12 m long.", 0).verdict


def test_where_anything_would_be_come_to_nothing_is() -> None:
    several, few = (
        f"Measured were {', '.join(f'{n} m' for n in numbers)}." for numbers in (range(3, 22, 2), (3, 19, 25))
    )

    assert "insufficient" == checked("That makes 41 m.", "lengths.md", several, [0]).verdict
    assert "open" == checked("That makes 41 m.", "lengths.md", few, [0]).verdict
