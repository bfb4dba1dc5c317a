"""Reckonings over many passages, or over passages whose source, heading and label hold figures of their own."""

import pytest

from quire.nodes.author.arithmetic import NotWorkedOut, worked_out
from quire.nodes.author.binding import Bound, Desk, bind, model_claims
from quire.nodes.author.grounds import Ground
from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.figures.conventions import ENGLISH
from quire.nodes.evidence.marks import MOST_ADDED, NotAMark, read_mark
from quire.nodes.support.grounding import Given

NAMED = "offers 2026; report; 2026-09-14; 14 September 2026; 3. Prices of 12 makers; part 7 of 9"
OFFERS = (
    "Item: Boat; A: steel: GBP 412,000; B: timber: GBP 298,000",
    "Item: Engine; A: steel: GBP 51,000; B: timber: GBP 47,500",
    "Item: Fuel, a year; A: steel: GBP 8,300; B: timber: GBP 12,900",
    "Item: Paint, a year; A: steel: GBP 2,100; B: timber: GBP 9,700",
)
MONTHS = 60
TRIPS = [f"month: 2021-{n % 12 + 1:02}; quay: Q{n % 5}; trips: {40 + n}; late: {n % 7}" for n in range(MONTHS)]


def bound(reply: str, *words: str, named: str = NAMED) -> Bound:
    grounds = {
        f"E{n}": Ground(
            (Evidence(source="a.md", address=f"line {n}", quote=text, hash=""),), text, "source", named=named
        )
        for n, text in enumerate(words, 1)
    }
    return bind(reply, Desk(grounds, "The boat", "Say what it costs."))


def test_figures_of_what_names_a_passage_do_not_hide_those_of_its_words() -> None:
    more = (412_000 + 51_000 + 9 * (8_300 + 2_100)) - (298_000 + 47_500 + 9 * (12_900 + 9_700))
    reply = f"Steel costs GBP {more:,} more than timber [= E1 + E2 + 9 * (E3 + E4) - E1 - E2 - 9 * (E3 + E4)]."

    answer = bound(reply, *OFFERS)

    assert () == answer.problems
    (said,) = model_claims(answer.blocks)
    assert said["how"].endswith(f"= GBP {more:,}")


def test_a_figure_of_what_names_a_passage_is_taken_where_its_own_words_give_none() -> None:
    (said,) = model_claims(bound("Nine boats of five stand [= E1 - E2]; 4 are left.", "Boats: 9", "Sold: 5").blocks)
    assert said["how"].endswith("9 - 5 = 4")
    (said,) = model_claims(
        bound("8 lots are left [= E1 - E2].", "It floats.", "4 lots are sold.", named="12 lots").blocks
    )
    assert said["how"].endswith("12 lots - 4 lots = 8 lots")


def test_a_sum_over_a_range_adds_one_column_of_many_rows() -> None:
    trips = sum(40 + n for n in range(MONTHS))
    answer = bound(f"In five years there were {trips:,} trips [= sum(E1\N{EN DASH}E{MONTHS})].", *TRIPS)

    assert () == answer.problems
    (said,) = model_claims(answer.blocks)
    assert "computed" == said["kind"]
    assert MONTHS == len(said["evidence"])

    late = sum(n % 7 for n in range(10, 15)) + 19 % 7
    answer = bound(f"Of these {late} were late, a month {late / 6:.1f} [= sum(E11-E15, E20)].", *TRIPS)
    assert () == answer.problems


def test_a_sum_that_is_wrong_is_no_sum() -> None:
    trips = sum(40 + n for n in range(MONTHS)) + 1
    (problem,) = bound(f"In five years there were {trips:,} trips [= sum(E1-E{MONTHS})].", *TRIPS).problems
    assert "does not give a figure of the statement" in problem.problem


def test_names_that_are_added_one_by_one_may_be_many() -> None:
    trips = sum(40 + n for n in range(MONTHS))
    added = " + ".join(f"E{n}" for n in range(1, MONTHS + 1))
    assert () == bound(f"In five years there were {trips:,} trips [= {added}].", *TRIPS).problems


def test_what_is_beyond_all_bounds_is_said_with_what_to_do() -> None:
    with pytest.raises(NotWorkedOut, match=r"characters, 4000 may be: add ranges up"):
        worked_out("E1" + " + E1" * 2000, "It is 5.", {"E1": [Given("It is 1.")]}, ENGLISH)
    with pytest.raises(NotAMark, match=f"at most {MOST_ADDED}"):
        read_mark("= sum(E1-E300, E301-E600)")
    with pytest.raises(NotAMark, match="is no range"):
        read_mark("= sum(E9-E3)")


def test_a_search_that_was_cut_off_says_so() -> None:
    words = "; ".join(f"{chr(65 + n)}: {n * 37 + 11}" for n in range(12))
    with pytest.raises(NotWorkedOut, match=r"as far as was tried: of [\d,]+ ways") as cut:
        worked_out("E1 + E2 + E3 + E4", "It is 99,999.", {f"E{n}": [Given(words)] for n in range(1, 5)}, ENGLISH)
    assert "work it out in steps" in str(cut.value)
    with pytest.raises(NotWorkedOut) as whole:
        worked_out("E1 + E1", "It is 99,999.", {"E1": [Given("A: 3; B: 4")]}, ENGLISH)
    assert "as far as" not in str(whole.value)


def test_where_all_cannot_be_tried_the_columns_that_the_statement_names_come_first() -> None:
    titles = ("Boats", "Quays", "Ropes", "Masts", "Sails", "Oars", "Nets")
    rows = {
        f"E{n}": [Given("; ".join(f"{title}: {n * 1000 + place * 17}" for place, title in enumerate(titles)))]
        for n in range(1, 7)
    }
    masts, nets = 3 * 17, 6 * 17
    total = (1000 + masts) + (2000 + nets) + (3000 + masts) + (4000 + nets) + (5000 + masts) + (6000 + nets)
    how = worked_out("E1 + E2 + E3 + E4 + E5 + E6", f"Masts and Nets in turn are {total}.", rows, ENGLISH)
    assert how.endswith(f"= {total}")
