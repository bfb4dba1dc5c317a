"""Sub-headings of three levels, conclusions and gaps, in every format."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from quire.nodes.evidence.content import Block, Claim, claim
from quire.nodes.render.document import number
from quire.nodes.render.formats import FORMATS
from tests.nodes.render import sample
from tests.nodes.render.reading import soup, text_of


def blocks() -> list[Block]:
    where = {"source": "code.md", "address": "line 1", "quote": "40 feet", "hash": "0" * 64}
    concluded: Claim = {**claim("Build lower.", "inference", where), "kind": "inference"}
    gap: Claim = {**claim("Fees are in no source.", "open"), "kind": "gap", "looked": "minutes"}
    depths = (("First", 3), ("Below", 4), ("Deep", 5), ("Next", 4), ("Second", 3), ("Skips", 5))
    headings = [Block(kind="heading", text=text, depth=depth) for text, depth in depths]
    return [*headings, Block(kind="paragraph", claims=[concluded, gap])]


def test_they_are_numbered_by_level_and_none_is_left_out() -> None:
    document = sample.document()
    document["sections"] = [sample.section("one", "One", sample.content(*blocks()))]
    numbered = number(document)

    shown = [(p.number, p.depth) for p in numbered.chapters[0].parts if p.kind == "heading"]
    assert [("1.1", 3), ("1.1.1", 4), ("1.1.1.1", 5), ("1.1.2", 4), ("1.2", 3), ("1.2.1", 4)] == shown
    assert ["One", "First", "Second"] == [e.title for e in numbered.contents if e.number]


def test_what_is_written_on_one_level_is_numbered_on_one_level() -> None:
    written = [Block(kind="heading", text=f"{depth}", depth=depth) for depth in (4, 4, 5, 4, 3)]
    document = sample.document()
    document["sections"] = [sample.section("one", "One", sample.content(*written))]

    shown = [(p.number, p.depth) for p in number(document).chapters[0].parts if p.kind == "heading"]

    assert [("1.1", 3), ("1.2", 3), ("1.2.1", 4), ("1.3", 3), ("1.4", 3)] == shown


@pytest.mark.parametrize("name", FORMATS)
def test_conclusions_and_gaps_are_told_in_every_format(name: str) -> None:
    document = sample.document()
    document["sections"] = [sample.section("one", "One", sample.content(*blocks()))]
    text = " ".join(text_of(name, document).split())

    assert "Fees are in no source" in text
    if name != "json":
        assert "ooked for in" not in text  # where was looked is for who checks
        assert "\N{RIGHTWARDS ARROW}" in text


def test_where_was_looked_for_a_gap_is_told_to_who_checks() -> None:
    judged = {"verdict": "supported", "by": "code", "sure": True, "words": "", "reasons": []}
    gap: Claim = {**claim("Fees are in no source.", "open"), "kind": "gap", "looked": "minutes", "verdict": judged}
    document = sample.document()
    document["sections"] = [sample.section("one", "One", sample.content(Block(kind="paragraph", claims=[gap])))]
    (said,) = soup(FORMATS["html"].render(document)).select("span.gap")

    assert "Fees are in no source." == said.get_text().strip()
    assert "Looked for in: minutes." in said["title"]


def test_what_was_found_of_a_statement_is_told_where_it_stands() -> None:
    where = {"source": "code.md", "address": "line 1", "quote": "40 feet", "hash": "0" * 64}
    judged = {"verdict": "supported", "by": "model", "sure": True, "words": "40 feet", "reasons": []}
    fact: Claim = {**claim("So high.", "source", where), "kind": "fact", "verdict": judged}
    unsure: Claim = {**fact, "text": "Higher.", "verdict": {**judged, "by": "code", "sure": False}}
    quoted: Claim = {**fact, "text": "“40 feet”", "verdict": {**judged, "by": "code"}, "quoted": True}
    document = sample.document()
    paragraph = Block(kind="paragraph", claims=[fact, unsure, quoted])
    document["sections"] = [sample.section("one", "One", sample.content(paragraph))]

    page = FORMATS["html"].render(document).decode()

    assert (
        '<span class="fact" title="Held against its evidence by a model, which found it supported: “40 feet”">' in page
    )
    assert "which found nothing against it; nobody judged it." in page
    assert "1 statement stands in the words of its source, since nobody judged its author's own (One: 1)." in (
        text_of("md", document)
    )


def test_a_table_without_a_caption_is_called_as_what_it_stands_under() -> None:
    table = Block(kind="table", columns=[{"title": "Year", "align": "left"}], rows=[[claim("2024", "fixed")]])
    titled: Block = {**table, "caption": "Own"}
    document = sample.document()
    words: Block = {"kind": "paragraph", "claims": [claim("So it went.", "fixed")]}
    first, below = (Block(kind="heading", text=text, depth=3) for text in ("First", "Below"))
    written = (words, table, first, words, table, table, titled, below, table)
    document["sections"] = [sample.section("one", "One", sample.content(*written))]

    shown = [p.text for p in number(document).chapters[0].parts if p.kind == "table"]

    assert ["One", "First", "", "Own", ""] == shown


def test_a_heading_is_not_parted_from_the_sub_heading_that_follows_it() -> None:
    """However much of a page stands above them."""
    parted = []
    for lines in range(10, 30, 2):
        above = Block(kind="list", claims=[claim(f"Line {n}", "fixed") for n in range(lines)])
        below = [
            Block(kind="heading", text="First plan"),
            Block(kind="list", claims=[claim("Delivery in 2027", "fixed")]),
        ]
        document = sample.document()
        document["sections"] = [
            sample.section("one", "One", sample.content(above)),
            sample.section("plans", "Plans and projects", sample.content(*below)),
        ]
        pages = [page.extract_text() for page in PdfReader(BytesIO(FORMATS["pdf"].render(document))).pages[2:]]
        headed = [page for page in pages if "Plans and projects" in page]
        if not any("First plan" in page and "Delivery in 2027" in page for page in headed):
            parted.append(lines)

    assert [] == parted
