"""What is open in a document stands in the margin of the Word file that a person works in."""

import json
from pathlib import Path
from typing import Any

import docx
import pytest
from cli import Quire
from docx.oxml.ns import qn
from following import Writing, chain
from toys import section, toy_brief

OWN = "Pump 1 moves about 20 litres in a minute."
ELM = "The capacity of the Elm depot is {} vehicles. The depot lies at the river."


@pytest.fixture
def writing(quire: Quire, tmp_path: Path) -> Writing:
    return Writing(quire, tmp_path)


def margin(writing: Writing, run: str) -> list[tuple[str, str]]:
    """Give each comment of the Word file, with the words that it stands at."""
    path = writing.folder / f"{run}.docx"
    done = writing.quire("review", run, "--out", str(path), **writing.settings)
    assert 0 == done.returncode, done.stderr
    word = docx.Document(str(path))
    return [(_words_at(word, str(comment.comment_id)), comment.text) for comment in word.comments]


def _words_at(word: Any, comment: str) -> str:
    """Read what stands between the beginning and the end of a comment's place."""
    found, within = "", False
    for one in word.element.body.iter():
        if one.get(qn("w:id")) == comment and one.tag in (qn("w:commentRangeStart"), qn("w:commentRangeEnd")):
            within = one.tag == qn("w:commentRangeStart")
        elif within and one.tag == qn("w:t"):
            found += one.text
    return found


def test_a_persons_words_whose_source_changed_have_both_sides_beside_them(writing: Writing) -> None:
    writing.write(chain(2), "one")
    edited = writing.quire("edit", "one", "part-1", "--json", **writing.settings)
    (claim, *_) = [json.loads(line)["claim"] for line in edited.stdout.splitlines()]
    writing.quire("edit", "one", "part-1", claim, "--text", OWN, "--run-id", "two", "--out", "two", "--format", "json")
    writing.write(chain(2, s1="Pump 1 moves 99 litres in a minute."), "three", "--from", "two")

    beside = [text for words, text in margin(writing, "three") if OWN in words]
    then, now = "Pump 1 moves 21 litres in a minute.", "Pump 1 moves 99 litres in a minute."
    (said,) = [text for text in beside if "then" in text]
    assert then in said
    assert now in said


def test_values_between_which_the_sources_do_not_decide_stand_beside_each_statement_of_one(writing: Writing) -> None:
    sources = [
        {"name": f"{name}.md", "text": f"# Notes\n\nDate: 2024-02-05\n\n{ELM.format(vehicles)}\n"}
        for name, vehicles in (("a", 240), ("b", 310))
    ]
    writing.write(toy_brief(section("depot", instructions="capacity of the Elm depot"), sources=sources), "one")

    beside = {words: text for words, text in margin(writing, "one") if "vehicles" in words}
    assert beside
    for text in beside.values():
        assert all(part in text for part in ("240 vehicles", "310 vehicles", "a.md", "b.md"))


def test_a_document_in_which_nothing_is_open_has_an_empty_margin(writing: Writing) -> None:
    writing.write(chain(2), "one")

    assert [] == margin(writing, "one")
