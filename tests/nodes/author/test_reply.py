"""A writer's reply is Markdown with marks; it is read strictly, and what cannot be read is named at its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.nodes.author.reply import read_reply
from quire.nodes.evidence.marks import Mark, NotAMark, read_mark


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("E12", Mark("evidence", ("E12",))),
        ("E3, E7", Mark("evidence", ("E3", "E7"))),
        ("E6\u2013E8", Mark("evidence", ("E6", "E7", "E8"))),
        ("E6-8", Mark("evidence", ("E6", "E7", "E8"))),
        ("E3; V2", Mark("evidence", ("E3", "V2"))),
        ("⇒ E3, c4", Mark("inference", ("E3", "c4"))),
        ("=> E3", Mark("inference", ("E3",))),
        ("= E5 \u2212 E3", Mark("computed", ("E5", "E3"), "E5 \u2212 E3")),
        ("∅ looked: minutes of 2026", Mark("gap", looked="minutes of 2026")),
        ("-- looked in: minutes", Mark("gap", looked="minutes")),
    ],
)
def test_a_mark_is_taken_apart(inside: str, expected: Mark) -> None:
    assert expected == read_mark(inside)


@pytest.mark.parametrize("inside", ["E3, see above", "E8-E6", "⇒", "∅", "= 3 - 2", "E1-E999", "E3 to V5"])
def test_what_is_no_mark_is_refused(inside: str) -> None:
    with pytest.raises(NotAMark):
        read_mark(inside)


def texts(reply: str) -> list[list[str]]:
    return [[s.text for s in block.statements] for block in read_reply(reply).blocks]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Revenue rose by 67 % [E3]. The target is 96 million [E4, E5].",
        "Revenue rose by 67 %. [E3] The target is 96 million. [E4, E5]",
        "Revenue **rose** by 67 % [E3]. The target\nis 96 million [E4] [E5].",
    ],
)
def test_a_mark_belongs_to_the_sentence_before_it(paragraph: str) -> None:
    (block,) = read_reply(paragraph).blocks

    assert ["Revenue rose by 67 %.", "The target is 96 million."] == [s.text for s in block.statements]
    assert [["E3"], ["E4", "E5"]] == [[n for m in s.marks for n in m.names] for s in block.statements]


def test_the_stop_of_an_abbreviation_before_a_mark_ends_its_sentence() -> None:
    assert [["It was asked of Veltrix Dynamics B.V."]] == texts("It was asked of Veltrix Dynamics B.V. [F1].")
    assert [["It goes on..."]] == texts("It goes on... [E1]")


def test_a_sentence_is_cut_into_clauses_at_its_marks() -> None:
    (block,) = read_reply("Robots number 3,120 [E1], while availability was 99.2 % [E2] in Q1.").blocks
    (statement,) = block.statements

    assert "Robots number 3,120, while availability was 99.2 % in Q1." == statement.text
    assert [("Robots number 3,120", 1), (", while availability was 99.2 %", 1), ("in Q1.", 0)] == [
        (c.text, len(c.marks)) for c in statement.clauses
    ]


def test_every_kind_of_block_is_read() -> None:
    reply = read_reply(
        "# Costs\n\n### Overview\n\nThe roof costs 8,200 [E1].\n\n1. First [E2]\n2. Second [E3]\n   - inner [E4]\n\n"
        "| Item | 2026 |\n|---|---:|\n| Roof [E1] | 8,200 [E1] |\n| Yard | |\n\n[[T1]]\n\n> As it says [E5].\n\n"
        "> [!WARNING]\n> Old figure [E6].\n"
    )

    assert not reply.problems
    kinds = ["heading", "heading", "paragraph", "list", "table", "placed", "quote", "note"]
    assert kinds == [b.kind for b in reply.blocks]
    heading, _, _, listed, table, placed, quote, note = reply.blocks
    assert ("Costs", 3) == (heading.text, heading.depth)
    assert (["First", "Second", "inner"], True) == ([s.text for s in listed.statements], listed.ordered)
    assert [("Item", "left"), ("2026", "right")] == list(table.columns)
    assert [["Roof", "8,200"], ["Yard", ""]] == [[c.text for c in row] for row in table.rows]
    assert "T1" == placed.name
    assert "As it says." == quote.statements[0].text
    assert ("Old figure.", True) == (note.statements[0].text, note.warning)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("1. Pay when the pumps leave", "Pay when the pumps leave"),
        ("2) Decide on the boiler", "Decide on the boiler"),
        ("b) What can wait", "What can wait"),
        ("2025 in figures", "2025 in figures"),
        ("3.2 MVA are late", "3.2 MVA are late"),
        ("10 wards", "10 wards"),
    ],
)
def test_a_heading_loses_the_number_that_its_writer_gave_it(written: str, title: str) -> None:
    (heading,) = read_reply(f"### {written}").blocks

    assert title == heading.text


@pytest.mark.parametrize(
    ("reply", "line", "named"),
    [
        ("Good [E1].\n\nBad [E3, see above].", 3, "see above"),
        ("Text\n\n```\nx = 1\n```", 3, "code"),
        ("Here is [[T1]] in the middle.", 1, "line of its own"),
        ("Nothing was found [∅].", 1, "where was looked"),
    ],
)
def test_what_cannot_be_read_is_named_at_its_line(reply: str, line: int, named: str) -> None:
    (problem,) = read_reply(reply).problems

    assert line == problem.line
    assert named in problem.problem


def test_other_brackets_are_text() -> None:
    assert [["The board [sic] agreed (see [appendix])."]] == texts("The board [sic] agreed (see [appendix]) [E1].")


def test_no_markup_of_html_or_links_comes_through() -> None:
    assert [["A link and <b>bold</b>."]] == texts("A [link](http://example.org) and <b>bold</b> [E1].")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_whatever_is_replied_is_read_or_refused(reply: str) -> None:
    read = read_reply(reply)

    assert all(p.line >= 1 for p in read.problems)
    assert all("\ue000" not in s.text for b in read.blocks for s in b.statements)


def test_an_item_of_several_sentences_is_a_statement_a_sentence() -> None:
    (listed,) = read_reply("- Revenue rose [E1]. Costs fell [E2].\n- Staff stayed [E3].\n").blocks

    assert [(1, "Revenue rose."), (1, "Costs fell."), (2, "Staff stayed.")] == [
        (s.item, s.text) for s in listed.statements
    ]
    assert [["E1"], ["E2"], ["E3"]] == [[n for m in s.marks for n in m.names] for s in listed.statements]


@pytest.mark.parametrize("opening", ["**Revenue.** It", "**Revenue**: it", "**Revenue:** it"])
def test_words_in_bold_that_lead_in_are_no_statement(opening: str) -> None:
    for reply in (f"- {opening} rose [E1].\n", f"{opening} rose [E1].\n"):
        (statement,) = read_reply(reply).blocks[0].statements

        assert statement.lead in ("Revenue.", "Revenue:")
        assert "it rose." == statement.text.lower()


def test_emphasis_within_a_sentence_leads_nothing_in() -> None:
    (statement,) = read_reply("**Revenue** rose by 5 % [E1].").blocks[0].statements

    assert ("", "Revenue rose by 5 %.") == (statement.lead, statement.text)
