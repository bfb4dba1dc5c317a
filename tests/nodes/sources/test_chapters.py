"""Reads a real zoning code: 19 chapters with nested subdivisions and tables."""

import re
from functools import cache
from pathlib import Path

import pytest

from quire.nodes.sources.passage import Passage, Reading
from quire.nodes.sources.read import read
from quire.nodes.sources.sentences import sentences
from quire.nodes.support.grounding import locate

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "chagrin-falls"
CHAPTERS = sorted(FOLDER.glob("*.md"))
MARKUP = re.compile("[⁰¹²³✘]")

pytestmark = pytest.mark.skipif(not CHAPTERS, reason=f"the chapters are not at {FOLDER}")
each_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)


@cache
def reading_of(chapter: Path) -> Reading:
    return read(chapter.name, chapter.read_bytes())


def words_of(passage: Passage) -> list[str]:
    return (
        [cell for cell in passage["fields"].values() if cell]
        if passage["kind"] == "row"
        else sentences(passage["text"])
    )


def test_all_chapters_are_there_and_read_without_a_warning() -> None:
    readings = [reading_of(chapter) for chapter in CHAPTERS]
    assert len(readings) == 19
    assert [reading["warnings"] for reading in readings] == [[]] * 19


@each_chapter
def test_every_sentence_and_cell_is_in_the_file_word_for_word(chapter: Path) -> None:
    raw = re.sub(r"\[([^\[\]]+)\]\[[^\[\]]+\]", r"\1", " ".join(chapter.read_text().split()))
    said = [words for passage in reading_of(chapter)["passages"] for words in words_of(passage)]
    assert len(said) > 20
    assert [words for words in said if words not in raw and not MARKUP.search(words)] == []


@each_chapter
def test_every_sentence_is_located_at_its_address(chapter: Path) -> None:
    reading = reading_of(chapter)
    for passage in reading["passages"]:
        assert all(locate(words, reading, passage["address"]) for words in sentences(passage["text"]))


@each_chapter
def test_the_line_is_where_the_words_begin(chapter: Path) -> None:
    lines = chapter.read_text().replace("[", "").replace("]", "").split("\n")
    for passage in reading_of(chapter)["passages"]:
        if found := re.search(r"line (\d+)$", passage["address"]):
            first = next(iter(passage["fields"].values()), "") if passage["kind"] == "row" else passage["text"]
            if not MARKUP.search(first):
                assert " ".join(first.split()[:1]) in lines[int(found[1]) - 1]


@each_chapter
def test_addresses_are_unique(chapter: Path) -> None:
    addresses = [passage["address"] for passage in reading_of(chapter)["passages"]]
    assert len(addresses) == len(set(addresses))


@each_chapter
def test_every_section_and_subdivision_is_found(chapter: Path) -> None:
    raw = chapter.read_text()
    sections = {passage.get("section", "") for passage in reading_of(chapter)["passages"]}
    assert set(re.findall(r"^#+ (\d+\.\d+) ", raw, re.MULTILINE)) <= sections
    marks = re.findall(r"^ *\d+\. _\(\w+\)_", raw, re.MULTILINE)
    assert abs(len(marks) - sum("(" in section for section in sections)) <= 1


@each_chapter
def test_every_table_row_is_a_passage_with_cells(chapter: Path) -> None:
    raw = chapter.read_text()
    rows = [passage for passage in reading_of(chapter)["passages"] if passage["kind"] == "row"]
    piped = len(re.findall(r"^ *\|(?![ :|-]+$).*\|$", raw, re.MULTILINE))
    tables = len(re.findall(r"^ *\|[ :|-]+\|$", raw, re.MULTILINE))
    assert piped - 2 * tables <= len(rows) <= piped - tables
    assert all(passage["fields"] for passage in rows)


def test_a_standard_is_read_with_its_column() -> None:
    chapter = FOLDER / "chapter-1137-retail-business-district.md"
    rear = next(p for p in reading_of(chapter)["passages"] if p["text"].startswith("Yard: Rear"))
    assert rear["section"] == "1137.04(a)"
    assert rear["fields"]["To Residential District Line"] == "40"
    assert rear["headings"][-1] == "Minimum Setback (feet)"
    assert locate("40", reading_of(chapter), f"{rear['address']}, To Residential District Line")
