"""A writer writes whole sections: lists, tables, sub-headings, callouts, conclusions, gaps, and placed tables."""

import json
from collections.abc import Callable

import pytest
from model_server import Asked, ModelServer, is_verifying, numbers_in
from toys import events_of, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.nodes.evidence.content import claims_of

HEIGHT = "The height of a building shall not exceed 40 feet"
YARD = "The front yard shall be at least 20 feet deep"
SOURCE = {"name": "code.md", "text": f"# Rules\n\n{HEIGHT}.\n\n{YARD}.\n\nLots are 100 feet wide.\n"}
TABLE = {"name": "costs.csv", "text": "item,cost\nroof,1200\nwalls,800\n"}
COMPUTED = {"compute": "general.figures"}


def brief(**more: object) -> dict:
    return toy_brief(section("height", **more), sources=[SOURCE])


def number_of(asked: Asked, words: str) -> str:
    """Give the number under which the prompt gives some words."""
    line = next(line for line in asked.prompt.splitlines() if words in line and line[:1] in "EVPF")
    return line.split(":")[0].split(" ")[0]


def writing(server: ModelServer, *drafts: Callable[[Asked], str]) -> list[Asked]:
    """Have the writer reply so, draft for draft, the last for ever; nobody objects. Gives what it was asked."""
    seen: list[Asked] = []

    def reply(asked: Asked) -> str:
        if not asked.drafts:
            return json.dumps({"grade": 5, "objections": []})
        seen.append(asked)
        return drafts[min(len(seen), len(drafts)) - 1](asked)

    server.reply = reply
    return seen


def whole(asked: Asked) -> str:
    height, yard = number_of(asked, HEIGHT), number_of(asked, YARD)
    return f"""{HEIGHT} [{height}].

### Rules

1. {HEIGHT} [{height}].
2. {YARD} [{yard}].

#### Rules of the yard

| Rules | feet |
|---|--:|
| Height of a building | 40 feet [{height}] |
| Front yard | 20 feet [{yard}] |

> [!WARNING]
> {YARD} [{yard}].

High buildings may stand behind shallow yards [⇒ {height}, {yard}].

The fee for a permit is in no source [∅ looked: code].

The yard is 20 feet less than the height [= {height} - {yard}].
"""


async def drafted(config: dict) -> tuple[dict, dict]:
    events = [e async for e in events_of(build(), config)]
    contents = [e["data"]["content"] for e in events if e["type"] == "SectionApproved"]
    return contents[-1], events[-1]["data"]


async def test_all_kinds_of_blocks_reach_the_document(online: ModelServer) -> None:
    asked = writing(online, whole)
    content, _ = await drafted(brief())

    kinds = [(b["kind"], b.get("depth", 0), b.get("ordered", False)) for b in content["blocks"]]
    assert [("paragraph", 0, False), ("heading", 3, False), ("list", 0, True), ("heading", 4, False)] == kinds[:4]
    assert [("table", 0, False), ("note", 0, False), *[("paragraph", 0, False)] * 3] == kinds[4:]
    assert 1 == len(asked)
    assert all(c["verdict"]["verdict"] == "supported" for b in content["blocks"] for c in claims_of(b) if "id" in c)


async def test_each_claim_has_a_name_a_kind_and_evidence(online: ModelServer) -> None:
    writing(online, whole)
    content, _ = await drafted(brief())

    claims = [c for b in content["blocks"] for c in claims_of(b) if c["basis"] != "fixed"]
    assert len(claims) == len({c["id"] for c in claims})
    assert {"fact", "gap", "computed", "inference"} == {c["kind"] for c in claims}
    (gap,) = [c for c in claims if c["kind"] == "gap"]
    assert ("code", ["The fee for a permit is in no source."]) == (gap["looked"], content["open_questions"])
    (worked_out,) = [c for c in claims if c["kind"] == "computed"]
    assert "40 feet - 20 feet = 20 feet" in worked_out["how"]


async def test_without_a_judge_conclusions_are_left_out_and_counted(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_VERIFY", "code")
    writing(online, whole)
    events = [e async for e in events_of(build(), brief())]

    (approved,) = [e["data"] for e in events if e["type"] == "SectionApproved"]
    assert ["High buildings may stand behind shallow yards."] == [s["text"] for s in approved["struck"]]
    assert "shallow yards" not in json.dumps(approved["content"])


async def test_a_conclusion_with_a_figure_of_its_own_is_judged_as_a_fact(online: ModelServer) -> None:
    writing(online, lambda a: f"{HEIGHT} [{number_of(a, HEIGHT)}]. It is thrice that of yards [⇒ E1, E2].")
    content, _ = await drafted(brief())

    assert [f"{HEIGHT}."] == [c["text"] for b in content["blocks"] for c in claims_of(b)]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (f"{HEIGHT} [E77].", "E77 was not given"),
        (f"{HEIGHT}.", "names nothing"),
        (f"{HEIGHT} [E1 and so on].", "is no number of what was given"),
        (f"{HEIGHT} [= E1 +].", "is no expression"),
        ("The yard is 21 feet less [= E1 - E2].", "does not give a figure of the statement"),
        (f"[[T7]]\n\n{HEIGHT} [E1].", "no computed table of that number"),
    ],
)
async def test_what_cannot_be_bound_is_sent_back_once_with_its_line(said: str, told: str, online: ModelServer) -> None:
    asked = writing(online, lambda _: said, whole)
    content, _ = await drafted(brief())

    assert 2 == len(asked)
    assert told in asked[1].prompt
    assert "line 1: " in asked[1].prompt
    assert "table" in {b["kind"] for b in content["blocks"]}


async def test_of_what_is_sent_back_only_the_lines_that_change_are_given(online: ModelServer) -> None:
    def wrong(asked: Asked) -> str:
        return f"{HEIGHT} [{number_of(asked, HEIGHT)}].\n\n- {YARD} [E77].\n"

    asked = writing(online, wrong, lambda a: f"3| - {YARD} [{number_of(a, YARD)}].")
    content, _ = await drafted(brief())

    assert f"3| - {YARD} [E77]." in asked[1].prompt
    assert [f"{HEIGHT}.", f"{YARD}."] == [c["text"] for b in content["blocks"] for c in claims_of(b)]


async def test_and_after_that_it_is_not_published(online: ModelServer) -> None:
    asked = writing(online, lambda a: f"{HEIGHT} [{number_of(a, HEIGHT)}]. Roofs are green [E77].")
    content, _ = await drafted(brief())

    assert [f"{HEIGHT}."] == [c["text"] for b in content["blocks"] for c in claims_of(b)]
    assert all("[E77]" in a.prompt for a in asked[1:2])


async def test_a_gap_that_a_source_speaks_of_is_none(online: ModelServer) -> None:
    writing(
        online,
        lambda a: f"{HEIGHT} [{number_of(a, HEIGHT)}]. How deep a front yard is, no source says [∅ looked: code].",
    )
    content, report = await drafted(brief())

    assert ([], "done") == (content["open_questions"], report["status"])


def tabled(asked: Asked) -> str:
    height = number_of(asked, HEIGHT)
    return f"""{HEIGHT} [{height}].

| Rules | Height | Yard |
|---|---|---|
| Highest building | no more than 40 feet [{height}] | in no source [∅ looked: code] |
"""


async def test_a_cell_is_judged_and_asked_about_under_its_row_and_column(online: ModelServer) -> None:
    writing(online, tabled)
    _, report = await drafted(brief())

    (judged,) = [a.prompt for a in online.asked if is_verifying(a)]
    assert "Highest building, Yard: in no source" in judged
    assert "Rules: Highest building" not in judged  # it only names its row
    (review,) = [a.prompt for a in online.asked if "You read one section of a professional" in a.prompt]
    assert "Rules | Height | Yard\nHighest building | no more than 40 feet | in no source" in review
    assert "done" == report["status"]
    out = await build().ainvoke(brief())
    assert ["Highest building, Yard: in no source"] == out["document"]["open_questions"]
    row = next(line for line in out["markdown"].splitlines() if "Highest building" in line and line.startswith("|"))
    assert ("Highest building", True) == (row.split("|")[1].strip(), "](#evidence-" in row.split("|")[2])


async def test_what_is_missing_is_looked_for_and_the_writer_goes_on_from_its_draft(online: ModelServer) -> None:
    def lacking(asked: Asked) -> str:
        missing = "MISSING: How deep is the front yard?\nMISSING: How wide are lots?\n"
        return f"{HEIGHT} [{number_of(asked, HEIGHT)}].\n\n{missing}"

    asked = writing(online, lacking, whole)
    events = [e async for e in events_of(build(), brief())]

    (request,) = [e["data"] for e in events if e["type"] == "FactRequested"]
    assert ("How deep is the front yard?", ["How wide are lots?"]) == (request["question"], request["more"])
    assert 2 == len(asked)
    assert f"{HEIGHT} [E" in asked[1].prompt.split("You had begun")[1]
    assert 1 == sum(e["type"] == "SectionDrafted" for e in events)


class Objecting:
    """A reviewer that objects to the yard once."""

    def __init__(self, server: ModelServer, *drafts: Callable[[Asked], str]) -> None:
        self.asked = writing(server, *drafts)
        draft, self.objected = server.reply, False
        server.reply = lambda asked: draft(asked) if asked.drafts else self.read()

    def read(self) -> str:
        objections = [] if self.objected else [{"quote": YARD, "problem": "say it more plainly"}]
        self.objected = True
        return json.dumps({"grade": 5 if not objections else 1, "objections": objections})


def revised(asked: Asked) -> str:
    """Mend what goes back, and change what stands as well, which it was told to keep."""
    height, yard = number_of(asked, HEIGHT), number_of(asked, YARD)
    return (
        f"{HEIGHT.replace('shall not', 'shall never')} [{height}].\n\nThe front yard is at least 20 feet deep [{yard}]."
    )


async def test_what_was_accepted_stays_word_for_word_and_keeps_its_name(online: ModelServer) -> None:
    def first(asked: Asked) -> str:
        return f"{HEIGHT} [{number_of(asked, HEIGHT)}].\n\n{YARD} [{number_of(asked, YARD)}]."

    objecting = Objecting(online, first, revised)
    content, _ = await drafted(brief())

    claims = [(c["id"], c["text"]) for b in content["blocks"] for c in claims_of(b)]
    assert ("c1", f"{HEIGHT}.") == claims[0]
    assert "The front yard is at least 20 feet deep." == claims[1][1]
    shown = objecting.asked[1].prompt
    assert "{c1 stands}" in shown
    assert "{c2 goes back}" in shown
    assert numbers_in(objecting.asked[0].prompt) == numbers_in(shown)


@pytest.mark.parametrize("placed", [True, False])
async def test_computed_tables_are_placed_by_the_writer_or_else_behind_its_text(
    placed: bool,  # noqa: FBT001 - a parameter of the test
    online: ModelServer,
) -> None:
    def placing(asked: Asked) -> str:
        said = f"{HEIGHT} [{number_of(asked, HEIGHT)}]."
        return f"[[T1]]\n\n{said}\n\n[[T1]]" if placed else said

    asked = writing(online, placing)
    content, _ = await drafted(toy_brief(section("height", **COMPUTED), sources=[SOURCE, TABLE]))

    kinds = [b["kind"] for b in content["blocks"]]
    tables = [b for b in content["blocks"] if b["kind"] == "table"]
    assert "roof | 1200" in asked[0].prompt
    assert 1 == sum("roof" in json.dumps(t["rows"]) for t in tables)
    assert (kinds.index("paragraph") > kinds.index("table")) == placed


async def test_a_row_that_code_worked_out_carries_a_statement(online: ModelServer) -> None:
    calls = "station,hours\n" + "Corran,2.5\nAshby,1\n" * 40

    def citing(asked: Asked) -> str:
        return f"Corran was down for 100.0 hours [{number_of(asked, 'Corran | 40 | 100.0')}]."

    writing(online, citing)
    source = {"name": "calls.csv", "text": calls}
    content, _ = await drafted(toy_brief(section("height", compute="general.counts"), sources=[source]))

    (said,) = [c for b in content["blocks"] for c in claims_of(b)]
    assert "computed" == said["basis"]
    assert "Rows: 40; Sum of hours: 100.0" in said["how"]


async def test_where_the_writer_fails_the_section_is_what_code_computed(online: ModelServer) -> None:
    online.reply = lambda _: json.dumps({"grade": 5, "objections": []})
    online.script = lambda asked: "refusal" if asked.drafts else None
    events = [e async for e in events_of(build(), toy_brief(section("height", **COMPUTED), sources=[SOURCE, TABLE]))]

    (draft,) = [e["data"] for e in events if e["type"] == "SectionDrafted"]
    assert (None, True) == (draft["model"], bool(draft["reason"]))
    assert "roof" in json.dumps(draft["content"])
    assert "done" == events[-1]["data"]["status"]


async def test_too_many_conclusions_go_back(online: ModelServer) -> None:
    def concluding(asked: Asked) -> str:
        height = number_of(asked, HEIGHT)
        return f"{HEIGHT} [{height}]. Build lower [⇒ {height}]. Build flat [⇒ {height}]."

    asked = writing(online, concluding, whole)
    await drafted(brief())
    assert "2 of 3 statements are conclusions; at most 1 may be" in asked[1].prompt

    asked = writing(online, concluding)
    await drafted(brief(inferences=0.7))
    assert 1 == len(asked)
