"""A document that goes out as a Word file, is worked on there, and comes back."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from cli import Quire
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from following import Writing, chain, scribe
from model_server import ModelServer

SETTLED = "Pump 1 was replaced in May."


@pytest.fixture
def writing(quire: Quire, tmp_path: Path) -> Writing:
    return Writing(quire, tmp_path)


def review(writing: Writing, run: str, *more: str) -> Path:
    path = writing.folder / f"{run}.docx"
    done = writing.quire("review", run, "--out", str(path), *more, **writing.settings)
    assert 0 == done.returncode, done.stderr
    return path


def changed(path: Path, change: Callable[[Word], None]) -> Path:
    word = docx.Document(str(path))
    change(word)
    word.save(str(path))
    return path


def came_back(writing: Writing, path: Path, run: str, new: str, *more: str) -> dict[str, Any]:
    done = writing.quire(
        "edit", run, "--file", str(path), "--run-id", new, "--out", new, "--format", "json", "--json", *more,
        **writing.settings,
    )  # fmt: skip
    assert 0 == done.returncode, done.stderr + done.stdout
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[0])
    return told


def paragraph(word: Word, words: str) -> Paragraph:
    return next(p for p in word.paragraphs if words in p.text)


def replaced(word: Word, old: str, new: str) -> None:
    (run,) = [r for p in word.paragraphs for r in p.runs if old in r.text and "[" not in r.text][:1]
    run.text = run.text.replace(old, new)


def claims(writing: Writing, run: str, section: str) -> list[dict[str, Any]]:
    found = json.loads(writing.sections(run)[section])
    return [c for b in found["content"]["blocks"] for c in b.get("claims", [])]


def test_what_is_changed_in_word_stands_as_a_persons_words(writing: Writing) -> None:
    writing.write(chain(3), "one")
    path = changed(review(writing, "one"), lambda word: replaced(word, "moves 20 litres", "lifts 20 litres"))
    told = came_back(writing, path, "one", "two", "--by", "Ada")

    assert {"edits": 1, "instructions": 0, "not_taken_up": []} == told
    (own,) = [c for c in claims(writing, "two", "part-0") if "person" in c]
    assert "Pump 0 lifts 20 litres in a minute." == own["text"]
    assert {"was": "Pump 0 moves 20 litres in a minute.", "by": "Ada"} == own["person"]
    assert own["evidence"], "it stands on the evidence of what it replaces"
    assert writing.sections("one")["part-2"] == writing.sections("two")["part-2"]


def test_tracked_changes_count_as_accepted_and_tell_who_made_them(writing: Writing) -> None:
    def track(word: Word) -> None:
        run = next(r for p in word.paragraphs for r in p.runs if "Pump 0 moves" in r.text).element
        gone, came = OxmlElement("w:del"), OxmlElement("w:ins")
        for mark in (gone, came):
            mark.set(qn("w:author"), "Grace")
        new = copy.deepcopy(run)
        new.find(qn("w:t")).text = "Pump 0 moves little."
        run.addprevious(gone)
        gone.append(run)
        run.find(qn("w:t")).tag = qn("w:delText")
        gone.addnext(came)
        came.append(new)

    writing.write(chain(2), "one")
    came_back(writing, changed(review(writing, "one"), track), "one", "two")

    (own,) = [c for c in claims(writing, "two", "part-0") if "person" in c]
    assert ("Pump 0 moves little.", "Grace") == (own["text"], own["person"]["by"])


def test_a_paragraph_more_stands_behind_the_statement_before_it_and_a_statement_less_is_gone(writing: Writing) -> None:
    def change(word: Word) -> None:
        whole = paragraph(word, "Pump 0 moves")
        added = copy.deepcopy(whole.paragraph_format.element)
        whole.paragraph_format.element.addnext(added)
        more = Paragraph(added, whole._parent)  # noqa: SLF001 - as python-docx itself does
        more.clear()
        more.add_run(SETTLED)
        gone = paragraph(word, "Pump 1 moves")
        gone.clear()

    writing.write(chain(2, s1="Pump 1 moves 21 litres in a minute.\n\nPump 1 stands in the cellar."), "one")
    before = [c["text"] for c in claims(writing, "one", "part-1")]
    came_back(writing, changed(review(writing, "one"), change), "one", "two")

    assert SETTLED in [c["text"] for c in claims(writing, "two", "part-0") if "person" in c]
    after = [c["text"] for c in claims(writing, "two", "part-1")]
    assert "Pump 1 moves 21 litres in a minute." in before
    assert "Pump 1 moves 21 litres in a minute." not in after


def test_a_statement_that_is_moved_keeps_what_it_stands_on(writing: Writing) -> None:
    def move(word: Word) -> None:
        first, second = paragraph(word, "Pump 1 stands"), paragraph(word, "Pump 1 moves")
        second.paragraph_format.element.addnext(first.paragraph_format.element)

    writing.write(chain(2, s1="Pump 1 moves 21 litres in a minute.\n\nPump 1 stands in the cellar."), "one")
    before = claims(writing, "one", "part-1")
    path = changed(review(writing, "one"), move)
    told = came_back(writing, path, "one", "two", "--by", "Ada")
    after = claims(writing, "two", "part-1")

    assert 1 == told["edits"]
    assert [c["text"] for c in reversed(before)] == [c["text"] for c in after]
    assert {c["text"]: c["evidence"] for c in before} == {c["text"]: c["evidence"] for c in after}
    (moved,) = [c for c in after if "person" in c]
    assert ("Ada", "supported") == (moved["person"]["by"], moved["verdict"]["verdict"])


def test_words_put_before_the_first_statement_of_a_section_stand_before_it(writing: Writing) -> None:
    def add(word: Word) -> None:
        paragraph(word, "Pump 1 moves").insert_paragraph_before("All of it was read in May.")

    writing.write(chain(2), "one")
    told = came_back(writing, changed(review(writing, "one"), add), "one", "two")

    assert (1, []) == (told["edits"], told["not_taken_up"])
    assert ["All of it was read in May.", "Pump 1 moves 21 litres in a minute."] == [
        c["text"] for c in claims(writing, "two", "part-1")
    ]


@pytest.mark.long
def test_a_comment_is_an_instruction_to_its_section(writing: Writing) -> None:
    def comment(word: Word) -> None:
        runs = [r for r in paragraph(word, "Pump 0 moves").runs if "Pump 0" in r.text]
        word.add_comment(runs, text="Say where the pump stands.", author="Ada", initials="A")

    with ModelServer(scribe) as server:
        writing.settings = {"OPENAI_BASE_URL": server.url}
        writing.write(chain(4), "one")
        path = changed(review(writing, "one"), comment)
        known = len(server.asked)
        told = came_back(writing, path, "one", "two")
        drafts = [asked.prompt for asked in server.asked[known:] if asked.drafts]

    assert (0, 1) == (told["edits"], told["instructions"])
    wanted = "Where it says “Pump 0 moves 20 litres in a minute.”: Say where the pump stands."
    assert 1 == len([prompt for prompt in drafts if wanted in prompt])
    assert writing.sections("one")["part-3"] == writing.sections("two")["part-3"]


def test_a_comment_that_nobody_could_follow_is_refused_with_its_reason(writing: Writing) -> None:
    def comment(word: Word) -> None:
        word.add_comment(paragraph(word, "Pump 0 moves").runs[:1], text="Say more.", author="Ada", initials="A")

    writing.write(chain(2), "one")
    path = changed(review(writing, "one"), comment)
    done = writing.quire("edit", "one", "--file", str(path))

    assert 2 == done.returncode
    assert "takes a model" in " ".join(done.stderr.split())


def test_changes_since_the_version_before_are_tracked_and_accepting_them_asks_for_nothing(writing: Writing) -> None:
    writing.write(chain(3), "one")
    writing.write(chain(3, s1="Pump 1 moves 99 litres in a minute."), "two", "--from", "one")
    path = review(writing, "two")
    body = docx.Document(str(path)).element.body
    came = {words.text.strip() for mark in body.iter(qn("w:ins")) for words in mark.iter(qn("w:t"))}
    gone = {words.text.strip() for mark in body.iter(qn("w:del")) for words in mark.iter(qn("w:delText"))}
    done = writing.quire("edit", "two", "--file", str(path))

    assert ({"99"}, {"21"}) == (came, gone)
    assert path.read_bytes() == review(writing, "two").read_bytes(), "the same bytes"
    assert 2 == done.returncode
    assert "asks for nothing" in " ".join(done.stderr.split())


@pytest.mark.long
def test_who_takes_a_tracked_change_back_has_said_so(writing: Writing) -> None:
    def reject(word: Word) -> None:
        for came in list(word.element.body.iter(qn("w:ins"))):
            came.getparent().remove(came)
        for gone in list(word.element.body.iter(qn("w:del"))):
            for words in gone.iter(qn("w:delText")):
                words.tag = qn("w:t")
            for run in list(gone):
                gone.addprevious(run)
            gone.getparent().remove(gone)

    writing.write(chain(3), "one")
    writing.write(chain(3, s1="Pump 1 moves 99 litres in a minute."), "two", "--from", "one")
    came_back(writing, changed(review(writing, "two"), reject), "two", "three")

    assert "Pump 1 moves 21 litres in a minute." in [c["text"] for c in claims(writing, "three", "part-1")]


def test_a_file_of_another_version_is_refused(writing: Writing) -> None:
    writing.write(chain(2), "one")
    writing.write(chain(2, s1="Pump 1 moves 99 litres in a minute."), "two", "--from", "one")
    path = changed(review(writing, "one"), lambda word: replaced(word, "moves 21 litres", "lifts 21 litres"))
    done = writing.quire("edit", "two", "--file", str(path))

    assert 2 == done.returncode
    assert "made of another version" in " ".join(done.stderr.split())


def test_a_heading_that_was_changed_is_named_as_not_taken_up(writing: Writing) -> None:
    def change(word: Word) -> None:
        replaced(word, "moves 20 litres", "lifts 20 litres")
        next(r for p in word.paragraphs if p.style and p.style.name == "Heading 1" for r in p.runs[1:]).text = "Pumps"

    writing.write(chain(2), "one")
    told = came_back(writing, changed(review(writing, "one"), change), "one", "two")

    assert 1 == told["edits"]
    assert ["“Part 0” -> “Pumps”"] == told["not_taken_up"]


def test_a_file_that_is_none_is_refused_as_a_source_would_be(writing: Writing) -> None:
    writing.write(chain(1), "one")
    path = writing.folder / "broken.docx"
    path.write_bytes(b"PK\x03\x04 no zip")
    done = writing.quire("edit", "one", "--file", str(path))

    assert 2 == done.returncode
    assert "not a whole zip container" in " ".join(done.stderr.split())
