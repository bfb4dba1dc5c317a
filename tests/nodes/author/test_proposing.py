"""Lines with which a writer proposes a section are read strictly, and are no part of the text."""

import pytest

from quire.nodes.author.binding import Desk, bind
from quire.nodes.author.grounds import Ground
from quire.nodes.author.proposing import Proposed, read_proposals

KNOWN = {"E1", "E3", "E7"}
TEXT = "The rent is 40 dollars. [E1]\n\n{}\n\nIt is due in May. [E1]\n"


@pytest.mark.parametrize(
    ("line", "proposed"),
    [
        (
            "PROPOSE: Leases | nobody says when they end [E3, E7]",
            Proposed("Leases", "nobody says when they end", ("E3", "E7")),
        ),
        ("**PROPOSE:** *Leases* | nobody says [E3]", Proposed("Leases", "nobody says", ("E3",))),
        ("> - PROPOSE: Leases that end [E3] | nobody  says", Proposed("Leases that end", "nobody says", ("E3",))),
    ],
)
def test_a_proposal_names_a_section_what_is_missing_and_where_it_was_seen(line: str, proposed: Proposed) -> None:
    read = read_proposals(TEXT.format(line), KNOWN)

    assert (proposed,) == read.proposed
    assert () == read.problems
    assert TEXT.format("") == read.text


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("PROPOSE:", "takes a title, a bar"),
        ("PROPOSE: Leases [E3]", "takes a title, a bar"),
        ("PROPOSE: | nobody says [E3]", "takes a title, a bar"),
        ("PROPOSE: Leases | nobody says", "names nothing that it was seen in"),
        ("PROPOSE: Leases | nobody says [E9]", "E9 was not given"),
        ("PROPOSE: Leases | nobody says [⇒ E3]", "it is seen in evidence"),
        ("PROPOSE: Leases | nobody says [E3-E1]", "is no range"),
        (f"PROPOSE: {'L' * 121} | nobody says [E3]", "too long"),
    ],
)
def test_one_that_cannot_be_read_is_told_of_at_its_line_and_is_none(line: str, problem: str) -> None:
    read = read_proposals(TEXT.format(line), KNOWN)

    assert () == read.proposed
    assert [3] == [p.line for p in read.problems]
    assert problem in read.problems[0].problem
    assert "PROPOSE" not in read.text


def test_of_many_the_first_two_count_and_one_that_stands_there_twice_counts_once() -> None:
    lines = [f"PROPOSE: {title} | missing [E3]" for title in ("One", "one", "Two", "Three")]

    assert ["One", "Two"] == [p.title for p in read_proposals("\n".join(lines), KNOWN).proposed]


def test_a_reply_is_bound_without_them_and_what_cannot_be_read_goes_back_with_its_line() -> None:
    grounds = {"E1": Ground((), "The rent is 40 dollars.", "source")}
    desk = Desk(grounds, "Rent")

    good = bind("The rent is 40 dollars. [E1]\n\nPROPOSE: Leases | nobody says [E1]\n", desk)
    bad = bind("The rent is 40 dollars. [E1]\n\nPROPOSE: Leases\n", desk)

    assert (1, ["Leases"], ()) == (len(good.blocks), [p.title for p in good.proposed], good.problems)
    assert (1, (), [3]) == (len(bad.blocks), bad.proposed, [p.line for p in bad.problems])
