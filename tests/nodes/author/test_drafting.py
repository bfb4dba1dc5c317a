"""What a section may stand on, and under which numbers its writer is given it."""

from pathlib import Path

from quire.nodes.author.binding import Desk, bind
from quire.nodes.author.composing import compose
from quire.nodes.author.grounds import Ground, grounds_of
from quire.nodes.author.placing import placeables
from quire.nodes.author.revising import shown_draft
from quire.nodes.computations.blocks import heading, note, paragraph, section, table
from quire.nodes.computations.citing import cite
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.claims import named, with_ids
from quire.nodes.evidence.content import Claim, Evidence, SectionContent, claim, claims_of
from quire.nodes.evidence.from_passages import quoted
from quire.nodes.sources.read import read
from quire.nodes.survey.survey import by_source, survey

EXAMPLE = Path(__file__).parents[3] / "examples" / "rfp-response"
ACTIONS = read("actions.csv", b"Action,Owner,Status\nA lock,Billing,open\nA list,Platform,done\n")


def _cell(row: int, title: str, text: str) -> Claim:
    at = Evidence(source="actions.csv", address=f"row {row}, {title}", quote=text, hash=ACTIONS["hash"], header=title)
    return claim(text, "source", at)


def _grounds(content: SectionContent) -> dict[str, Ground]:
    about = by_source(survey([ACTIONS]))["actions.csv"]
    evidence = [e for p in ACTIONS["passages"] for e in quoted(p, about)]
    return grounds_of(Materials("Review", {"id": "s"}, {}, (ACTIONS,), {"open-actions": content}), evidence, None)


def test_the_cells_of_a_row_that_is_shown_whole_are_that_row() -> None:
    row = [_cell(2, "Action", "A lock"), _cell(2, "Owner", "Billing"), _cell(2, "Status", "open")]

    grounds = _grounds(section([table("Open", ["Action", "Owner", "Status"], [row])]))

    assert grounds["E1"].evidence == grounds["P1"].evidence


def test_the_cells_of_a_spreadsheet_are_the_row_that_they_stand_in() -> None:
    sheet = read("functions.xlsx", (EXAMPLE / "request" / "functions.xlsx").read_bytes())
    rows = [p for p in sheet["passages"] if p["kind"] == "row"]
    cells = [cite(sheet, rows[0], field=title) for title in ("ID", "Requirement")]
    matrix = section([table("Matrix", ["Id", "Requirement"], [[claim(e["quote"], "source", e) for e in cells]])])
    evidence = [e for p in rows for e in quoted(p, by_source(survey([sheet]))["functions.xlsx"])]

    grounds = grounds_of(Materials("Answer", {"id": "s"}, {}, (sheet,), {"matrix": matrix}), evidence, None)

    assert grounds["E1"].evidence == grounds["P1"].evidence


def test_of_a_row_that_is_worked_out_in_part_that_part_is_how_it_was_computed() -> None:
    lasted = claim("3 hr 15 min", "computed", _cell(2, "Owner", "Billing")["evidence"][0], how="Recovered - Began")
    row = [_cell(2, "Action", "A lock"), _cell(2, "Status", "open"), lasted]

    grounds = _grounds(section([table("Open", ["Action", "Status", "Lasted"], [row])]))

    assert ("A lock. Lasted: 3 hr 15 min", "") == (grounds["P1"].how, grounds["E1"].how)


def test_a_statement_that_rests_in_part_on_what_was_worked_out_is_told_with_that() -> None:
    said = {**_cell(2, "Owner", "Two of three are done, says Billing."), "how": "Rows by status: done: 2"}

    grounds = _grounds(section([{"kind": "paragraph", "claims": [said]}]))

    assert "Two of three are done, says Billing." == grounds["P1"].how


def test_what_is_taken_from_a_row_of_another_section_is_nothing_that_this_one_worked_out() -> None:
    lasted = claim("3 hr 15 min", "computed", _cell(2, "Owner", "Billing")["evidence"][0], how="Recovered - Began")
    grounds = _grounds(section([table("Open", ["Action", "Lasted"], [[_cell(2, "Action", "A lock"), lasted]])]))

    read_ = bind("A lock took 3 hr 15 min [P1]. It is open [E1].\n", Desk(grounds, "Time"))

    taken, plain = (c for block in read_.blocks if not isinstance(block, str) for c in claims_of(block))
    assert ("A lock. Lasted: 3 hr 15 min", True) == (taken["how"], taken.get("retells"))
    assert "retells" not in plain


def test_a_row_whose_first_column_has_no_title_is_told_without_one() -> None:
    row = [claim("Excursions", "fixed"), _cell(2, "Owner", "16")]

    assert "Excursions; Nord: 16" == _grounds(section([table("Kept", ["", "Nord"], [row])]))["P1"].words


def test_a_row_that_code_worked_out_from_others_is_given_and_carries_what_it_says() -> None:
    title, took, blank = claim("Sum", "fixed"), claim("7 hr", "computed", how="4 hr + 3 hr"), claim("", "fixed")
    step = [_cell(2, "Action", "A lock"), claim("Yes", "computed", how="as proposed", status="Met")]

    grounds = _grounds(section([table("Time", ["", "", "Took"], [[title, blank, took]])]))
    steps = _grounds(section([table("Steps", ["Step", "With 30 seats"], [step])]))

    assert ("Sum; Took: 7 hr", "Sum. Took: 7 hr") == (grounds["P1"].words, grounds["P1"].how)
    assert "A lock. With 30 seats: Yes Met" == steps["P1"].how


def test_what_leads_in_a_paragraph_stands_before_all_of_its_statements() -> None:
    said = [_cell(2, "Action", "It is a lock."), _cell(2, "Status", "It is open."), _cell(3, "Status", "It is done.")]
    said[0]["lead"] = "Billing."
    said[2]["lead"] = "Platform."

    grounds = _grounds(section([{"kind": "paragraph", "claims": said}]))

    assert ["Billing. It is a lock.", "Billing. It is open.", "Platform. It is done."] == [
        grounds[name].words for name in ("P1", "P2", "P3")
    ]


def test_a_draft_is_shown_again_with_the_marks_of_what_it_stands_on_and_no_others() -> None:
    first, second, third = (
        Evidence(source="notes.md", address=f"line {n}", quote=f"Said {n}.", hash="") for n in (1, 2, 3)
    )
    grounds = {
        "V1": Ground((first, third), "2", "computed"),
        "P1": Ground((first,), "One", "source"),
        "P2": Ground((first, second), "Both", "source"),
    }
    made = claim("Both were said.", "source", first, second)
    made["id"] = "c1"

    shown = shown_draft(section([{"kind": "paragraph", "claims": [made]}]), {"c1": made}, grounds, {})

    assert "Both were said. [P2] {c1 stands}" == shown


def _asked(*statuses: str) -> SectionContent:
    """Give one piece for each: under its heading what stands alike in all."""
    return section(
        block
        for status in statuses
        for block in (heading(status), paragraph(claim("It is asked.", "fixed")), note(claim("Nobody says.", "open")))
    )


def test_a_draft_is_shown_again_with_its_own_headings_and_each_piece_where_it_stands() -> None:
    computed = _asked("A: open", "B: open")
    tables = placeables(computed)
    reply = ["T1", {"kind": "heading", "text": "The rest", "depth": 3}, "T2"]

    draft = compose(reply, tables, computed).content

    assert "[[T1]]\n\n### The rest\n\n[[T2]]" == shown_draft(draft, {}, {}, tables)


def test_a_piece_that_is_placed_under_a_heading_stands_below_it() -> None:
    computed = _asked("A: open", "B: open", "C: open")
    reply = ["T1", {"kind": "heading", "text": "The rest", "depth": 3}, "T2"]

    draft = compose(reply, placeables(computed), computed).content

    assert [("A: open", 3), ("The rest", 3), ("B: open", 4), ("C: open", 3)] == [
        (block["text"], block.get("depth", 3)) for block in draft["blocks"] if block["kind"] == "heading"
    ]


WRITTEN = """\
Two actions are told [E1, E2].

### The actions

| Action | Rows |
|---|--:|
| A lock | 1 [E1] |
| A list | 2 [E2] |

Both were found [E1, E2]. They are few [E2].

- **Billing.** It is a lock [E1].
- It is done [E2].

The list ends there [E2].

1. First the lock [E1].
2. Then the list [E2].

> [!WARNING]
> Nothing else is known [E1].

> A list is done [E2].
"""


def test_a_draft_that_is_repeated_as_it_is_shown_has_the_form_that_it_had() -> None:
    evidence = [e for p in ACTIONS["passages"] for e in quoted(p, by_source(survey([ACTIONS]))["actions.csv"])]
    grounds = {f"E{n}": Ground((e,), e["quote"], "source") for n, e in enumerate(evidence, 1)}
    desk = Desk(grounds, "Review", "A table of the rows of each action.")
    bound = bind(WRITTEN, desk)
    written = section([block for block in bound.blocks if not isinstance(block, str)])

    shown = shown_draft(written, {}, grounds, {})
    again = bind(shown, desk)

    assert ((), ()) == (bound.problems, again.problems)
    assert bound.blocks == again.blocks


def test_of_a_figure_that_was_worked_out_the_last_draft_tells_how() -> None:
    made = claim("Both took 40 minutes.", "computed", how="15 minutes + 25 minutes = 40 minutes")
    made["id"], made["kind"] = "c1", "computed"

    shown = shown_draft(section([{"kind": "paragraph", "claims": [made]}]), {}, {}, {})

    assert "Both took 40 minutes. {c1 goes back, worked out as 15 minutes + 25 minutes = 40 minutes}" == shown


def test_a_draft_is_not_shown_as_resting_on_what_code_worked_out_of_the_same_places() -> None:
    first, second = (Evidence(source="notes.md", address=f"line {n}", quote=f"Said {n}.", hash="") for n in (1, 2))
    grounds = {
        "V1": Ground((second,), "38 minutes", "computed"),
        "P1": Ground((first,), "One", "source"),
        "P2": Ground((second,), "Two", "source"),
    }
    made = claim("Both were said.", "source", first, second)
    made["id"] = "c1"

    shown = shown_draft(section([paragraph(made)]), {"c1": made}, grounds, {})

    assert "Both were said. [P1, P2] {c1 stands}" == shown


def test_a_writer_s_own_heading_that_reads_as_a_piece_s_is_not_taken_for_it() -> None:
    tables = placeables(section([*_asked("Steps")["blocks"]]))
    made = {**claim("Ask first.", "brief"), "id": "c1"}
    own = section([{"kind": "heading", "text": "Steps"}, {"kind": "paragraph", "claims": [made]}])

    assert shown_draft(own, {}, {}, tables).startswith("### Steps\n\nAsk first.")


def test_an_approved_reckoning_that_is_repeated_as_it_is_shown_stands_as_it_did() -> None:
    first, second = (Evidence(source="notes.md", address=f"line {n}", quote=f"Said {n}.", hash="") for n in (1, 2))
    grounds = {
        "V1": Ground((first,), "100 hours", "computed", named="In all"),
        "E1": Ground((second,), "The repair took 40 hours.", "source"),
        "E2": Ground((first,), "It took 100 hours.", "source"),
    }
    bound = bind(
        "Without the repair it was 60 hours [= V1 - E1]. In all it was 100 hours [V1].", Desk(grounds, "Hours")
    )
    written = with_ids(section([block for block in bound.blocks if not isinstance(block, str)]))
    stands = {made["id"]: made for made in named(written)}

    shown = shown_draft(written, stands, grounds, {})
    again = bind(shown, Desk(grounds, "Hours", last=stands, accepted=stands))

    assert ((), ()) == (bound.problems, again.problems)
    assert [[*stands.values()]] == [block["claims"] for block in again.blocks if not isinstance(block, str)]
    assert "[V1, E1]" in shown
    assert "[V1] {c2" in shown


def test_what_stands_on_more_than_a_mark_may_name_is_shown_under_its_own_name() -> None:
    grounds = {
        f"E{n}": Ground(
            (Evidence(source="notes.md", address=f"line {n}", quote="It is 1 day.", hash=""),), "1 day", "source"
        )
        for n in range(1, 43)
    }
    summed = " + ".join(grounds)
    bound = bind(f"In all it is 42 days [= {summed}].", Desk(grounds, "Days"))
    written = with_ids(section([block for block in bound.blocks if not isinstance(block, str)]))
    stands = {made["id"]: made for made in named(written)}

    again = bind(shown_draft(written, stands, grounds, {}), Desk(grounds, "Days", last=stands, accepted=stands))

    assert ((), ()) == (bound.problems, again.problems)
    assert [[*stands.values()]] == [block["claims"] for block in again.blocks if not isinstance(block, str)]
