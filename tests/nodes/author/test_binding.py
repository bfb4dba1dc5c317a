"""What becomes of a writer's reply: which of its words are claims, and what each stands on."""

from quire.nodes.author.binding import Bound, Desk, bind, model_claims
from quire.nodes.author.grounds import Ground
from quire.nodes.author.placing import Placeable
from quire.nodes.computations.blocks import table
from quire.nodes.evidence.claims import named_by, with_ids, without
from quire.nodes.evidence.content import Block, Claim, Evidence, SectionContent, claim, claims_of, items_of

SAID = "Revenue rose by 5 %. Costs fell by 2 %. The roof costs 8,200 dollars."


def bound(reply: str, *placed: Block) -> Bound:
    evidence = Evidence(source="notes.md", address="line 1", quote=SAID, hash="")
    grounds = {"E1": Ground((evidence,), SAID, "source")}
    tables = {f"T{n}": Placeable((block,)) for n, block in enumerate(placed, 1)}
    return bind(reply, Desk(grounds, "Money", "Say what revenue, costs and the roof come to.", tables=tables))


def content_of(reply: str) -> SectionContent:
    blocks: list[Block] = [block for block in bound(reply).blocks if not isinstance(block, str)]
    return with_ids(SectionContent(blocks=blocks, values={}, open_questions=[]))


def test_what_names_a_row_is_no_claim_and_names_its_cells() -> None:
    table = "| Item | Cost |\n|---|---|\n| The roof | 8,200 dollars [E1] |\n| 9,100 dollars | the roof [E1] |\n"

    content = content_of(table)

    first, second = content["blocks"][0]["rows"]
    assert ["fixed", "source"] == [cell["basis"] for cell in first]
    assert ["source", "source"] == [cell["basis"] for cell in second]
    assert "The roof, Cost" == named_by(content)[first[1]["id"]]


def test_a_sentence_of_an_item_goes_alone_and_its_lead_in_stays() -> None:
    content = content_of(
        "- **Revenue.** It rose by 5 % [E1]. It tripled [E1].\n- **Costs.** They fell.  They fell by 2 % [E1].\n"
    )

    (listed,) = content["blocks"]
    assert [["It rose by 5 %.", "It tripled."], ["They fell.", "They fell by 2 %."]] == [
        [c["text"] for c in item] for item in items_of(listed)
    ]
    assert all(c["evidence"] for c in claims_of(listed))
    first = next(claims_of(listed))["id"]
    left, _ = without(content, [first])
    assert [["Revenue.", "It tripled."], ["Costs.", "They fell."]] == [
        [item[0]["lead"], item[0]["text"]] for item in items_of(left["blocks"][0])
    ]
    assert {"Revenue", "Costs"} == set(named_by(content).values())


def test_data_in_the_place_of_a_text_is_sent_back() -> None:
    for reply in ('{"text": "Revenue rose [E1]."}', '```json\n[{"text": "Revenue rose"}]\n```'):
        answer = bound(reply)

        assert not answer.blocks
        assert ["it is JSON: write the section itself, in Markdown"] == [p.problem for p in answer.problems]
    assert bound("[E1] says it.").blocks


def claims(reply: str) -> list[Claim]:
    return [c for block in bound(reply).blocks if not isinstance(block, str) for c in claims_of(block)]


def test_a_sentence_may_work_out_one_thing_and_conclude_another() -> None:
    (made,) = claims("Revenue rose 2.5 times as fast [= E1 / E1] as costs fell, so margins widened [⇒ E1].\n")

    assert ("inference", "5 % / 2 % = 2.5 times") == (made.get("kind"), made.get("how"))


def test_conclusions_may_rest_on_the_tables_that_a_section_places() -> None:
    drawn = "[[T1]]\n\nSo it went well [⇒ E1]. It will go on so [⇒ E1].\n"
    rows = [[claim(f"Part {n}", "fixed"), claim(f"{n} dollars", "computed")] for n in range(3)]

    assert not bound(drawn, table("Costs", ["Part", "Cost"], rows)).problems
    assert bound(drawn, table("Costs", ["Part", "Cost"], rows[:1])).problems


def test_what_is_silent_in_part_keeps_what_it_says() -> None:
    (made,) = claims("Revenue rose by 5 % [E1]; nobody says by what means [∅ looked: notes].\n")

    assert "inference" == made.get("kind")
    assert ["notes.md"] == [e["source"] for e in made["evidence"]]
    assert "notes" == made.get("looked")
    assert "gap" == claims("Nobody says by what means [∅ looked: notes].\n")[0].get("kind")


def test_a_sentence_without_marks_sums_up_its_paragraph_or_what_is_listed_behind_it() -> None:
    beside = bound("All of it went well. Revenue rose by 5 % [E1].\n")
    before = bound("Much moved.\n\n- Revenue rose by 5 % [E1].\n- Costs fell by 2 % [E1].\n")
    counting = bound("Three things moved: revenue, costs and the roof. Revenue rose by 5 % [E1].\n")

    for answer in (beside, before, counting):
        assert not answer.problems
        first = next(claims_of(block) for block in answer.blocks if not isinstance(block, str))
        made = next(iter(first))
        assert ("inference", ["E1"]) == (made.get("kind"), made.get("premises"))


def test_a_sentence_without_marks_brings_in_no_figure_and_stands_beside_something() -> None:
    for reply in ("Profit rose by 40 %. Revenue rose by 5 % [E1].\n", "All of it went well.\n"):
        assert ["names nothing that it stands on" in p.problem for p in bound(reply).problems] == [True]


def test_a_figure_that_was_worked_out_stands_when_its_sentence_is_kept_with_its_passage_alone() -> None:
    (made,) = claims("Revenue rose 2.5 times as fast as costs fell [= E1 / E1].\n")
    evidence = made["evidence"]
    desk = Desk({"E1": Ground(tuple(evidence), SAID, "source")}, "Money", accepted={"c1": made}, last={"c1": made})

    kept = bind("Revenue rose 2.5 times as fast as costs fell [E1].\n", desk)

    assert [made] == [c for block in kept.blocks if not isinstance(block, str) for c in claims_of(block)]


def test_what_is_silent_in_part_is_none_of_the_conclusions_that_are_counted() -> None:
    mixed = "".join(f"- Costs fell by 2 % [E1]; nobody says why in case {n} [∅ looked: notes].\n" for n in "abcdef")
    drawn = "".join(f"- So it went well in case {n} [⇒ E1].\n" for n in "abcdef")

    assert not bound(mixed).problems
    assert ["6 of 6 statements are conclusions; at most 2 may be"] == [p.problem for p in bound(drawn).problems]


def test_each_of_two_reckonings_in_a_sentence_has_a_result_of_its_own() -> None:
    (made,) = claims(
        "Revenue rose by 5 %, that is 2.5 times [= E1 / E1], and costs by 0.4 times as much [= E1 / E1].\n"
    )

    assert "5 % / 2 % = 2.5 times; 2 % / 5 % = 0.4 times" == made.get("how")


def test_what_leads_to_a_list_stands_on_all_that_the_list_names() -> None:
    made = claims("Three things moved:\n\n- revenue, 2.5 times as fast [= E1 / E1]\n- and so it went well [⇒ E1]\n")

    assert ["notes.md"] == [e["source"] for e in made[0]["evidence"]]


def test_what_another_section_concludes_or_does_not_find_is_told_again_as_that() -> None:
    grounds = {
        "P1": Ground((), "Why costs fell.", "open", looked="notes"),
        "P2": Ground(
            (Evidence(source="notes.md", address="line 1", quote=SAID, hash=""),), "It went well.", "inference"
        ),
        "P3": Ground((), "Revenue rose 2.5 times as fast.", "computed"),
    }

    def told(reply: str) -> Claim:
        read = bind(reply, Desk(grounds, "Money", inferences=1))
        assert not read.problems
        return next(c for block in read.blocks if not isinstance(block, str) for c in claims_of(block))

    gap = told("Nobody says why costs fell [P1].\n")
    assert ("gap", "open", "notes") == (gap.get("kind"), gap["basis"], gap.get("looked"))
    assert ("inference", ["P2"]) == (told("It went well [P2].\n").get("kind"), told("It went well [P2].\n")["premises"])
    assert "computed" == told("Revenue rose 2.5 times as fast [P3].\n")["basis"]
    assert "inference" == told("It went well, though nobody says why costs fell [P2, P1].\n").get("kind")
    asked = told("Whoever keeps the books should be asked [⇒ P1].\n")
    assert ("inference", ["Why costs fell."], "notes") == (asked.get("kind"), asked["silent"], asked.get("looked"))


def test_one_pair_of_brackets_may_hold_several_marks() -> None:
    (worked_out,) = model_claims(bound("The roof costs 8,200 dollars, half of it 4,100 [E1, = 50 % * E1].").blocks)
    (silent,) = model_claims(bound("The roof costs 8,200 dollars; who pays is not said [E1, ∅ looked: notes].").blocks)

    assert ("computed", "50 % * 8,200 dollars = 4,100") == (worked_out["kind"], worked_out["how"])
    assert ("inference", "notes") == (silent["kind"], silent["looked"])
    assert (
        "notes, minutes" == model_claims(bound("Who pays is not said [∅ looked: notes, minutes].").blocks)[0]["looked"]
    )


def test_a_cell_is_worked_out_from_the_columns_that_it_names() -> None:
    quote = "Item: Roof; Approved: 3,850; Committed: 3,790; Forecast: 3,910"
    evidence = Evidence(source="notes.md", address="line 1", quote=quote, hash="")
    table = "| Item | Forecast less approved |\n|---|--:|\n| Roof | 60 [= E1 - E1] |\n"

    made = bind(table, Desk({"E1": Ground((evidence,), quote, "source")}, "Cost by item, forecast less approved"))

    assert ["3,910 - 3,850 = 60"] == [c["how"] for c in model_claims(made.blocks)]


def test_a_status_whose_reason_stands_beside_it_is_no_figure_that_a_reader_looks_up() -> None:
    evidence = Evidence(source="sheet.md", address="line 7", quote="Copies are kept for 90 days.", hash="")
    plain = Ground((evidence,), "Status: Open; Why: 90 days", "computed", derived="S-3. Status: Open", beside=True)
    figure = Ground((evidence,), "Copies: 90 days", "computed", derived="Copies. 90 days")
    grounds = {"P1": plain, "P2": figure, "P3": plain._replace(evidence=())}

    said = bind("S-3 is open [P1].\n\nIt is 90 days [P1, P2].\n\nS-3 is open [P3].\n", Desk(grounds, "S-3", "Say it."))

    claims = [made for block in said.blocks if not isinstance(block, str) for made in claims_of(block)]
    assert ["S-3. Status: Open", "S-3. Status: Open; Copies. 90 days", "S-3. Status: Open"] == [
        c["how"] for c in claims
    ]
    assert [True, False, False] == [made.get("beside", False) for made in claims]
