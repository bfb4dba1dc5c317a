"""A report on anything, without a model: what the sources say and no judgement that nobody made."""

from typing import Any

import pytest
from model_server import Asked, ModelServer, valid_reply

from quire.graphs.document.document_graph import build
from quire.nodes.render.markdown import render

INCIDENT = """# Outage of the order service on 3 March

## What happened

On 3 March 2026 the order service was unavailable for 47 minutes. An expired certificate was the cause.

The lost revenue is put at EUR 84,300.

```sh
export ORDER_TOKEN=do-not-quote && systemctl restart orders
```

## Actions

- Certificate expiry must be monitored: Ada Moreau, due 30 April 2026
"""
MINUTES = (
    "The meeting of 9 March 2026 found that the outage lasted 52 minutes.\n\nNobody had been on call that night.\n"
)
ORDERS = "hour,orders,failed\n12:00,1820,4\n13:00,1764,1312\n"
BRIEF = {
    "blueprint": "general-report",
    "title": "The outage of 3 March",
    "facts": {"subject": "the outage of the order service"},
    "sources": [
        {"name": "incident.md", "text": INCIDENT},
        {"name": "minutes.txt", "text": MINUTES},
        {"name": "orders.csv", "text": ORDERS},
    ],
}
WEIGHING = {"summary", "background", "open-questions"}
"""Sections that say what nobody has said yet."""


async def test_what_takes_judgement_is_left_out_without_a_model() -> None:
    out = await build().ainvoke(BRIEF)

    left_out = {s["id"]: s["reason"] for s in out["sections"] if s["status"] == "skipped"}
    assert "partial" == out["status"]
    assert WEIGHING == set(left_out)
    assert {"it takes a model, and there was none"} == set(left_out.values())
    assert "It takes a model, and there was none" in out["markdown"]
    named = "Summary; Background; Open questions"
    assert f"3 of 8 sections left out: need a model ({named})." in out["markdown"]
    assert "under open questions" not in out["markdown"]


def quarter(year: int, robots: int) -> dict[str, str]:
    head = f"# Q1 {year} Operations Report\n\nPrepared in April {year}.\n\n"
    text = f"{head}## Fleet\n\n- Deployed fleet: {robots:,} robots\n"
    return {"name": f"q1_{year}.md", "text": text}


def captions(out: dict[str, Any], section: str) -> list[str]:
    written = next(s for s in out["document"]["sections"] if s["id"] == section)
    return [block.get("caption", "") for block in written["content"]["blocks"] if block["kind"] == "table"]


async def test_what_moved_from_period_to_period_is_no_difference_between_sources() -> None:
    out = await build().ainvoke({**BRIEF, "sources": [quarter(2025, 1960), quarter(2026, 3120)]})

    assert ["The same quantities from period to period"] == captions(out, "differences")
    assert "No quantity that two sources state" in out["markdown"]


async def test_a_writer_may_leave_out_what_is_only_offered(online: ModelServer) -> None:
    prompts: list[str] = []

    def reply(asked: Asked) -> str:
        if asked.drafts:
            prompts.append(asked.prompt)
        return valid_reply(0)(asked)

    online.reply = reply
    out = await build().ainvoke({**BRIEF, "sources": [quarter(2025, 1960), quarter(2026, 3120)]})

    asked = next(p for p in prompts if "“Where the sources differ”" in p)
    assert "Place each of" not in asked  # that no figures differ is said only where the section says nothing else
    assert "Your text takes the place of T1" in asked
    assert "Place of T2 what serves the reader" in asked
    assert not captions(out, "differences")


async def test_a_section_that_lists_what_is_open_needs_no_other_list(online: ModelServer) -> None:
    def reply(asked: Asked) -> str:
        return "Why is open [∅ looked: minutes].\n" if asked.drafts else valid_reply(0)(asked)

    online.reply = reply
    out = await build().ainvoke(BRIEF)

    assert "approved" == next(s["status"] for s in out["sections"] if s["id"] == "open-questions")
    assert ["Why is open."] == out["document"]["open_questions"]
    assert 'id="questions"' not in out["markdown"]

    unsaid = {**out["document"], "open_questions": ["Why is open.", "Who was called?"]}
    listed = render(unsaid).decode().partition('id="questions"')[2].partition("<a id")[0]
    assert ("Who was called?" in listed, "Why is open." in listed) == (True, False)


@pytest.mark.usefixtures("online")
async def test_what_takes_judgement_is_written_by_a_model() -> None:
    out = await build().ainvoke(BRIEF)

    assert not [s for s in out["sections"] if s["status"] == "skipped"]


async def test_every_figure_of_the_sources_is_there_and_no_sentence_is_said_twice() -> None:
    document = (await build().ainvoke(BRIEF))["document"]

    said = [text for section in document["sections"] for text in sentences(section)]
    stated = {row[0]["text"] for row in rows_of(document, "figures", "Figures in the text")}
    assert said
    assert len(said) == len(set(said))
    assert {"EUR 84,300", "47 minutes", "52 minutes", "3 March 2026", "30 April 2026", "9 March 2026"} <= {
        figure for cell in stated for figure in cell.split("; ")
    }
    assert [["12:00", "1820", "4"], ["13:00", "1764", "1312"]] == [
        [cell["text"] for cell in row] for row in rows_of(document, "figures", "orders.csv")
    ]
    assert not document["warnings"]


async def test_code_is_no_sentence_of_a_report() -> None:
    out = await build().ainvoke(BRIEF)

    assert "do-not-quote" not in out["markdown"]


async def test_what_was_looked_at_is_listed_with_what_it_holds() -> None:
    document = (await build().ainvoke(BRIEF))["document"]

    told = {row[0]["text"]: row[-1]["text"] for row in rows_of(document, "scope", "What was looked at")}
    assert {"incident.md", "minutes.txt", "orders.csv"} == set(told)
    assert "Outage of the order service on 3 March; What happened; Actions" == told["incident.md"]
    assert "hour; orders; failed" == told["orders.csv"]


@pytest.mark.parametrize("sources", [pytest.param([], id="none"), pytest.param([BRIEF["sources"][1]], id="no tables")])
async def test_it_stands_on_whatever_there_is(sources: list[dict[str, str]]) -> None:
    out = await build().ainvoke({**BRIEF, "sources": sources})

    assert WEIGHING == {s["id"] for s in out["sections"] if s["status"] != "approved"}


async def test_rows_are_quoted_where_only_code_answers_better() -> None:
    words = "orders failed hour orders failed hour"
    sources = [{"name": "run.md", "text": f"```\n{words}\n```\n"}, {"name": "orders.csv", "text": ORDERS}]
    asked = {"id": "failed", "title": "Orders failed by hour"}

    out = await build().ainvoke(
        {**BRIEF, "blueprint": {"name": "b", "title": "B", "sections": [asked]}, "sources": sources}
    )

    assert "failed: 1312" in out["markdown"]
    assert words not in out["markdown"]


MILL = """# The mill at Elm

The mill was founded by Ada Hale and Ben Roe in 1875, who had come up the river from the coast with two carts, a set of
stones, and very little money, and who lived above the wheel for eleven years until the house on the hill was built.

The board states which matter comes first and which source establishes it.

One paragraph keeps what a member stated apart from what he supposed.

The weightiest matter stood first, and one source established it.

What the sources establish about the weir is one matter; what they suppose is another.

Findings of the auditor: the first matter is established by one source.
"""


async def test_the_question_finds_its_answer_among_what_is_worded_like_the_instructions() -> None:
    facts = {"subject": "the mill at Elm", "question": "Who founded it?"}
    out = await build().ainvoke({**BRIEF, "facts": facts, "sources": [{"name": "mill.md", "text": MILL}]})

    findings = next(s for s in out["document"]["sections"] if s["id"] == "findings")
    assert sentences(findings)[0].startswith("The mill was founded by Ada Hale and Ben Roe in 1875")


def sentences(section: Any) -> list[str]:
    blocks = section.get("content", {}).get("blocks", [])
    return [c["text"] for b in blocks if b["kind"] in {"paragraph", "list"} for c in b["claims"]]


def rows_of(document: Any, section: str, caption: str) -> list[Any]:
    content = next(s["content"] for s in document["sections"] if s["id"] == section)
    return [row for b in content["blocks"] if b["kind"] == "table" and caption in b["caption"] for row in b["rows"]]
