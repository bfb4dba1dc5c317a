"""A document as an author writes it, from question and files to what a reader opens: each thing said stands there once.

The author plans it from the question, asks for passages, writes lists, tables, a conclusion, a reckoning and a gap,
proposes a section that is written while another still is, and mends one claim that its reader objects to.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest
from bs4 import BeautifulSoup, Tag
from docx.document import Document
from killing import finish, journal, quire
from model_server import Asked, ModelServer, is_verifying
from open_plans import is_plan, plan, planned

from quire.nodes.evidence.content import claims_of
from tests.nodes.render.reading import html_of_markdown, soup, text_in

SOURCES = {
    "condition.md": """# Condition of the pumps

Date: 2026-03-10

- Corran failed 12 times in 2025
- Ashby failed 3 times in 2025
- Dunmore failed once in 2025

The casing of Corran is cracked. Its motor dates from 1998.
""",
    "prices.md": """# Offers for a new pump

Date: 2026-04-02

| Maker | Price | Delivery |
|---|---|---|
| Halder | EUR 84,000 | 20 weeks |
| Brook | EUR 61,500 | 34 weeks |
""",
    "board.md": """# Minutes of the board

Date: 2026-04-20

The board meets next on 15 June 2026. Without a permit of the water authority no pump may be taken out.
Such a permit takes ten weeks.
""",
}
BRIEF = {
    "blueprint": "general-report",
    "title": "Which pump to renew",
    "facts": {"question": "Which pump should be renewed? What does it cost? When can the board decide?"},
}
PLAN = plan(
    planned("condition", ["Q1"], title="State of the pumps", form="list"),
    planned("cost", ["Q2"], title="Offers", purpose="Compare what makers ask.", form="table", sources=["S2", "S3"]),
    planned("timing", ["Q3"], title="The board's date", purpose="Tell dates.", sources=["S1"]),
    unused=(),
)
"""Sources are numbered by name: the board's minutes, the condition, the prices."""

OBJECTED, MENDED = "Of all three, it is Corran's casing that is cracked.", "Only Corran has a casing that is cracked."
CONCLUSION = "Corran is thus the pump to renew."
WORKED_OUT = "Brook asks EUR 22,500 less than Halder."
GAP = "What a permit costs is in no source."
PROPOSED = "PROPOSE: Permits | nobody says what must be had before work begins"
BULLETS = [
    "Corran broke down 12 times in 2025.",
    "Ashby broke down 3 times in 2025.",
    "Dunmore broke down once in 2025.",
]
HEADING = "Permit and pump"
STEPS = ["A permit is asked for first.", "The pump is taken out after that."]
CELLS = ["EUR 84,000", "20 weeks", "EUR 61,500", "34 weeks"]
DATED = "The next meeting of the board is on 15 June 2026."
NEEDED = "No pump may be taken out before the water authority permits it."
TAKES = "It takes ten weeks to get such a permit."
ANSWER = "Corran should be renewed."
DIFFER = "No two sources were found to contradict each other."
COVERED = "Condition, offers and minutes of 2026 are what was read."
SETTLED = "What the permit costs should be asked of the water authority."
SENTENCES = [MENDED, CONCLUSION, WORKED_OUT, GAP, DATED, NEEDED, TAKES, ANSWER, DIFFER, COVERED, SETTLED]
SAID = [*SENTENCES, *BULLETS, *STEPS]
"""What is published, in its own words."""


def number(asked: Asked, words: str) -> str:
    """Give the number under which a prompt shows a passage of these words."""
    found = re.search(rf"^(E\d+)(?: \([^\n]*?\))?: [^\n]*{re.escape(words)}", asked.prompt, re.MULTILINE)
    assert found, words
    return found[1]


def condition(asked: Asked) -> str:
    corran, ashby, dunmore, cracked = (
        number(asked, w) for w in ("Corran failed", "Ashby failed", "Dunmore", "cracked")
    )
    casing = MENDED if "goes back" in asked.prompt else OBJECTED
    counted = "\n".join(f"- {said[:-1]} [{n}]." for said, n in zip(BULLETS, (corran, ashby, dunmore), strict=True))
    return f"{counted}\n\n{casing[:-1]} [{cracked}].\n\n{CONCLUSION[:-1]} [⇒ {corran}, {ashby}, {dunmore}].\n"


def cost(asked: Asked) -> str:
    halder, brook, permit = (number(asked, w) for w in ("84,000", "61,500", "Without a permit"))
    return f"""| Maker | Price | Delivery |
|---|---|---|
| Halder | {CELLS[0]} [{halder}] | {CELLS[1]} [{halder}] |
| Brook | {CELLS[2]} [{brook}] | {CELLS[3]} [{brook}] |

{WORKED_OUT[:-1]} [= {halder} - {brook}].

### {HEADING}

1. {STEPS[0][:-1]} [{permit}].
2. {STEPS[1][:-1]} [{permit}].

{GAP[:-1]} [∅ looked: prices, board].

{PROPOSED} [{permit}]
"""


DRAFTS: Mapping[str, Callable[[Asked], str]] = {
    "State of the pumps": condition,
    "Offers": cost,
    "The board's date": lambda a: f"{DATED[:-1]} [{number(a, '15 June 2026')}].",
    "Permits": lambda a: f"{NEEDED[:-1]} [{number(a, 'Without a permit')}]. {TAKES[:-1]} [{number(a, 'ten weeks')}].",
    "Summary": lambda a: f"{ANSWER[:-1]} [⇒ {_of_other_sections(a, CONCLUSION)}].",
    "Scope and sources": lambda _: f"{COVERED[:-1]} [⇒ E1, E2].",
    "Where the sources differ": lambda _: f"{DIFFER[:-1]} [∅ looked: condition, prices, board].",
    "Open questions": lambda a: f"{SETTLED[:-1]} [⇒ {_of_other_sections(a, GAP)}].",
}


def _of_other_sections(asked: Asked, words: str) -> str:
    found = re.search(rf"^(P\d+)(?: \([^\n]*?\))?: [^\n]*{re.escape(words)}", asked.prompt, re.MULTILINE)
    assert found, words
    return found[1]


class Author:
    """Plans, asks, writes and reads as one who knows these files; its reader objects once."""

    def __init__(self) -> None:
        self.objected = False

    def __call__(self, asked: Asked) -> str:
        properties = (asked.schema or {}).get("properties", {})
        if is_plan(asked):
            return json.dumps(PLAN)
        if "sources" in properties:
            return json.dumps({"sources": []})
        if "queries" in properties:
            return json.dumps({"queries": ["failed 2025", "permit water authority", "price delivery"]})
        if "accept" in properties:
            needs = {
                "title": "Permits",
                "purpose": "Say what permit is needed.",
                "questions": ["Which permit is needed?"],
            }
            return json.dumps({"accept": True, "reason": "Work cannot begin without.", **needs})
        if asked.drafts:
            return DRAFTS[titled(asked)](asked)
        return json.dumps(self._read(asked))

    def _read(self, asked: Asked) -> dict[str, Any]:
        if self.objected or OBJECTED not in asked.prompt or "a whole report" in asked.prompt:
            return {"grade": 5, "objections": []}
        self.objected = True
        return {"grade": 3, "objections": [{"quote": OBJECTED, "problem": "Say it without the flourish."}]}


def titled(asked: Asked) -> str:
    found = re.search(r"Write the section “([^”]+)”", asked.prompt)
    return found[1] if found else ""


class Written(NamedTuple):
    """What there is once it is written."""

    events: list[dict[str, Any]]
    asked: list[Asked]
    out: Path

    @property
    def document(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads((self.out / "document.json").read_text())
        return loaded

    def prompts(self, title: str) -> list[str]:
        return [a.prompt for a in self.asked if a.drafts and titled(a) == title]


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Written]:
    """Write it from the shell; the board's date is not answered before the proposed section is asked for."""
    for name, text in SOURCES.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "brief.json").write_text(json.dumps({**BRIEF, "sources": sorted(SOURCES)}))
    with ModelServer(Author()) as server:
        server.hold = lambda asked: asked.drafts and titled(asked) == "The board's date" and not _asked_for(server)
        settings = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "sk-ours", "QUIRE_CALL_TIMEOUT": "30"}
        typed = ("write", "brief.json", "--out", "out", "--format", "md,html,docx,json")
        code = finish(quire(tmp_path / "home", settings, *typed, told=tmp_path))
        assert 0 == code, (tmp_path / "stderr").read_text()
        yield Written(journal(tmp_path / "home"), server.asked, tmp_path / "out")


def _asked_for(server: ModelServer) -> bool:
    return any(asked.drafts and titled(asked) == "Permits" for asked in server.asked)


@pytest.mark.long
def test_what_an_author_says_stands_once_in_its_form_in_every_file(written: Written) -> None:
    planned_ = [(e["section"], e["agent"]) for e in written.events if e["type"] == "SectionPlanned"]
    assert {"condition", "cost", "timing", "permits", "open-questions", "summary"} < {name for name, _ in planned_}
    assert "permits" == planned_[-1][0]
    assert [{"approved"}, []] == [{s["status"] for s in written.document["sections"]}, written.document["warnings"]]

    _grew_while_it_was_written(written)
    _mended_by_claim(written)
    _says_what_each_claim_is(written)
    for name in ("md", "html", "docx"):
        text = text_in(name, (written.out / f"document.{name}").read_bytes()).rpartition("How figures were computed")[0]
        assert dict.fromkeys(SAID, 1) == {said: text.count(said.rstrip(".")) for said in SAID}, name
        assert OBJECTED not in text
    for tree in (html_of_markdown(_read(written, "md")), soup(_read(written, "html"))):
        _is_formed(tree)
    _is_formed_in_word(docx.Document(str(written.out / "document.docx")))


def _read(written: Written, name: str) -> bytes:
    return (written.out / f"document.{name}").read_bytes()


def _grew_while_it_was_written(written: Written) -> None:
    """Look at the order: the server speaks of the board's date only once the proposed section is asked for."""
    told = [(e["section"], e["type"]) for e in written.events]
    assert told.index(("permits", "SectionOpened")) < told.index(("timing", "SectionDrafted"))
    opened = {e["section"]: e["data"]["inputs"] for e in written.events if e["type"] == "SectionOpened"}
    assert "permits" in opened["summary"]
    shown = [s["id"] for s in written.document["sections"]]
    assert shown.index("timing") < shown.index("permits") < shown.index("open-questions")


def _mended_by_claim(written: Written) -> None:
    """Look at the claims: one was objected to and is other words now, the rest keeps names and words, unjudged."""
    first, second = [_claims(e["data"]["content"]) for e in _of(written, "SectionDrafted", "condition")]
    changed = {name for name in first if first[name] != second.get(name)}
    assert {OBJECTED} == {first[name] for name in changed}
    assert {MENDED} == {text for name, text in second.items() if first.get(name) != text}
    assert ["{c4 goes back}" in prompt for prompt in written.prompts("State of the pumps")] == [False, True]
    judged = [a.prompt for a in written.asked if is_verifying(a) and MENDED in a.prompt]
    assert [] == [said for said in BULLETS for prompt in judged if f"\n{said}\n<<" in prompt]


def _says_what_each_claim_is(written: Written) -> None:
    claims = [
        c for s in written.document["sections"] for b in s["content"]["blocks"] for c in claims_of(b) if "id" in c
    ]
    assert {"supported"} == {c["verdict"]["verdict"] for c in claims}
    by_text = {c["text"]: c for c in claims}
    assert sorted([*SAID, *CELLS]) == sorted(c["text"] for c in claims)
    assert {ANSWER, CONCLUSION, COVERED, SETTLED} == {text for text, c in by_text.items() if c["kind"] == "inference"}
    assert {GAP, DIFFER} == {text for text, c in by_text.items() if c["kind"] == "gap"}
    assert ("computed", "EUR 84,000 - EUR 61,500 = EUR 22,500") == (
        by_text[WORKED_OUT]["kind"],
        by_text[WORKED_OUT]["how"],
    )
    resting = [c["text"] for c in claims if not c["evidence"]]
    assert {GAP, DIFFER, SETTLED} == set(resting)
    assert [GAP] == by_text[SETTLED]["silent"]


def _is_formed(tree: BeautifulSoup) -> None:
    """Look at what a browser is shown: lists are lists, and cells are cells."""
    for said, within in {**dict.fromkeys(BULLETS, "ul > li"), **dict.fromkeys(STEPS, "ol > li")}.items():
        assert 1 == sum(_begins(item, said) for item in tree.select(within)), said
    (table,) = [found for found in tree.select("table") if "Delivery" in found.get_text()]
    cells = list(table.select("tbody tr td, tbody tr th"))
    assert [1] * len(CELLS) == [sum(_begins(cell, said) for cell in cells) for said in CELLS]
    assert all(cell.select("a") for cell in cells if cell.get_text().strip() not in {"Halder", "Brook"})
    assert HEADING in [heading.get_text().strip().removeprefix("5.1").strip() for heading in tree.select("h3")]


def _begins(tag: Tag, said: str) -> bool:
    return tag.get_text().strip().startswith(said)


def _is_formed_in_word(word: Document) -> None:
    styled = [(p.style.name if p.style else "", p.text.replace("\N{NO-BREAK SPACE}", " ")) for p in word.paragraphs]
    for said, style in {**dict.fromkeys(BULLETS, "List Bullet"), **dict.fromkeys(STEPS, "List Number")}.items():
        assert [style] == [name for name, text in styled if text.startswith(said)]
    assert [name for name, text in styled if text.endswith(HEADING)] == ["Heading 2"]
    (table,) = [found for found in word.tables if "Delivery" in [cell.text for cell in found.rows[0].cells]]
    cells = [cell.text.replace("\N{NO-BREAK SPACE}", " ") for row in table.rows for cell in row.cells]
    assert [1] * len(CELLS) == [sum(cell.startswith(said) for cell in cells) for said in CELLS]


def _of(written: Written, kind: str, section: str) -> list[dict[str, Any]]:
    return [e for e in written.events if (e["type"], e["section"]) == (kind, section)]


def _claims(content: Mapping[str, Any]) -> dict[str, str]:
    return {c["id"]: c["text"] for b in content["blocks"] for c in claims_of(b)}
