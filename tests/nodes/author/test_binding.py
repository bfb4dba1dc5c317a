"""What becomes of a writer's reply: which of its words are claims, and what each stands on."""

from quire.nodes.author.binding import Bound, Desk, bind
from quire.nodes.author.drafting import Ground
from quire.nodes.evidence.claims import named_by, with_ids, without
from quire.nodes.evidence.content import Block, Evidence, SectionContent, claims_of, items_of

SAID = "Revenue rose by 5 %. Costs fell by 2 %. The roof costs 8,200 dollars."


def bound(reply: str) -> Bound:
    evidence = Evidence(source="notes.md", address="line 1", quote=SAID, hash="")
    grounds = {"E1": Ground((evidence,), SAID, "source")}
    return bind(reply, Desk(grounds, "Money", "Say what revenue, costs and the roof come to."))


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
