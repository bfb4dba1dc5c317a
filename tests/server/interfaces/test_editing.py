"""A person's words in a document: put in while it is written and after, judged, marked, and never lost."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cli import Quire
from following import Writing, chain, scribe
from model_server import Asked, ModelServer, marked_up

from quire.graphs.intake.brief import decode
from quire.nodes.config.settings import Settings
from quire.nodes.evidence.persons import persons_of
from quire.server.execution.runs import opened
from quire.server.execution.versions import Edits, following

OWN = "Pump 1 is to be replaced before the winter."


@pytest.fixture
def writing(quire: Quire, tmp_path: Path) -> Writing:
    return Writing(quire, tmp_path)


def claims(writing: Writing, run: str, section: str) -> list[dict[str, Any]]:
    done = writing.quire("edit", run, section, "--json", **writing.settings)
    assert 0 == done.returncode, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def edit(writing: Writing, run: str, *more: str) -> None:
    done = writing.quire("edit", *more, "--run-id", run, "--out", run, "--format", "json,md", **writing.settings)
    assert 0 == done.returncode, done.stderr + done.stdout


def said(writing: Writing, run: str, section: str) -> dict[str, Any]:
    return json.loads(writing.sections(run)[section])


def texts(section: dict[str, Any]) -> list[str]:
    return [c["text"] for b in section["content"]["blocks"] for c in b.get("claims", [])]


def test_an_edit_makes_a_version_in_which_the_words_stand_and_are_marked(writing: Writing) -> None:
    writing.write(chain(3), "one")
    (first, *_) = claims(writing, "one", "part-0")
    edit(writing, "two", "one", "part-0", first["claim"], "--text", OWN, "--by", "Ada")

    section = said(writing, "two", "part-0")
    (own,) = [c for b in section["content"]["blocks"] for c in b.get("claims", []) if "person" in c]
    assert (OWN, "Ada", first["text"]) == (own["text"], own["person"]["by"], own["person"]["was"])
    assert "a person's words" in own["status"]
    assert own["status"] in (writing.folder / "two/document.md").read_text()
    assert "one" == json.loads((writing.folder / "two/run.json").read_text())["follows"]


@pytest.mark.long
def test_with_a_model_only_judges_are_asked_of_what_was_edited(writing: Writing) -> None:
    with ModelServer(scribe) as server:
        writing.settings = {"OPENAI_BASE_URL": server.url}
        writing.write(chain(6), "one")
        known = len(server.asked)
        (first, *_) = claims(writing, "one", "part-2")
        edit(writing, "two", "one", "part-2", first["claim"], "--text", OWN)
        again = server.asked[known:]

    assert [] == [a for a in again if a.drafts]
    assert len(again) <= 3
    assert OWN in texts(said(writing, "two", "part-2"))
    one, two = writing.sections("one"), writing.sections("two")
    assert {"part-2"} == {name for name in one if one[name] != two[name]}


@pytest.mark.long
def test_what_builds_on_an_edit_is_written_again_from_it(writing: Writing) -> None:
    with ModelServer(scribe) as server:
        writing.settings = {"OPENAI_BASE_URL": server.url}
        writing.write(chain(3), "one")
        (first, *_) = claims(writing, "one", "part-0")
        edit(writing, "two", "one", "part-0", first["claim"], "--text", "Pump 0 moves 20 litres in each minute.")

    assert "each minute" in json.dumps(said(writing, "two", "part-1"))


@pytest.mark.long
def test_words_stay_where_their_source_changes_and_both_are_shown(writing: Writing) -> None:
    own = "Pump 4 moves about two dozen litres in a minute."
    with ModelServer(scribe) as server:
        writing.settings = {"OPENAI_BASE_URL": server.url}
        writing.write(chain(6), "one")
        (first, *_) = claims(writing, "one", "part-4")
        edit(writing, "two", "one", "part-4", first["claim"], "--text", own)
        changed = chain(6, s4="Pump 4 moves 99 litres in a minute.")
        writing.write(changed, "three", "--from", "two")

    section = said(writing, "three", "part-4")
    assert own in texts(section)
    (told,) = [o for o in section["objections"] if "The source said then" in o]
    assert all(words in told for words in ("24 litres", "99 litres", own))
    (mine,) = [c for b in section["content"]["blocks"] for c in b.get("claims", []) if "person" in c]
    assert "Pump 4 moves 99 litres in a minute." == mine["person"]["now"]


async def test_words_put_into_a_version_whose_source_changed_show_both_sides_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_HOME", str(tmp_path))
    then, now = "Pump 0 moves 20 litres in a minute.", "Pump 0 moves 99 litres in a minute."
    async with opened(Settings.read()) as runs:
        await runs.begin(decode(chain(1)), run_id="one", remembered={})
        assert [event async for event in runs.carry_on("one")]
        edits = [Edits("part-0", [{"claim": "c1", "text": OWN}])]
        changed = await following(runs, decode(chain(1, s0=now)), "one", edits)
        await runs.begin(changed, run_id="two", remembered={})
        assert [event async for event in runs.carry_on("two")]
        document = await runs.document("two")

    assert document is not None
    (own,) = persons_of(document["sections"][0]["content"])
    assert (OWN, then, now) == (own["text"], own["person"].get("then"), own["person"].get("now"))


@pytest.mark.long
@pytest.mark.parametrize("modelled", [True, False], ids=["model", "offline"])
def test_what_a_person_took_out_is_not_said_again(writing: Writing, *, modelled: bool) -> None:
    with ModelServer(scribe) as server:
        writing.settings = {"OPENAI_BASE_URL": server.url} if modelled else {}
        two = {"s2": "Pump 2 moves 22 litres in a minute.\n\nPump 2 stands in the cellar of the house."}
        writing.write(chain(3, **two), "one")
        gone = claims(writing, "one", "part-2")[-1]
        edit(writing, "two", "one", "part-2", gone["claim"], "--text", "")
        writing.write(chain(3, **two, s1="Pump 1 moves 99 litres in a minute."), "three", "--from", "two")

    for run in ("two", "three"):
        assert gone["text"] not in texts(said(writing, run, "part-2"))
        assert [gone["text"]] == [r["text"] for r in said(writing, run, "part-2")["content"]["removed"]]


@pytest.mark.long
def test_where_nothing_a_model_writes_holds_the_sources_are_quoted_without_what_a_person_took_out(
    writing: Writing,
) -> None:
    def unfounded(asked: Asked) -> str:
        if asked.drafts:
            return marked_up([{"text": "Pump 2 moves 77 barrels in a week.", "evidence": ["E1"]}], asked)
        return scribe(asked)

    two = {"s2": "Pump 2 moves 22 litres in a minute.\n\nPump 2 stands in the cellar of the house."}
    writing.write(chain(3, **two), "one")
    stays, gone = claims(writing, "one", "part-2")
    edit(writing, "two", "one", "part-2", gone["claim"], "--text", "")
    with ModelServer(unfounded) as server:
        writing.settings = {"OPENAI_BASE_URL": server.url}
        writing.write(chain(3, **two, s1="Pump 1 moves 99 litres in a minute."), "three", "--from", "two")

    section = said(writing, "three", "part-2")
    assert any(asked.drafts for asked in server.asked)
    assert stays["text"] in texts(section)
    assert gone["text"] not in texts(section)
    assert [gone["text"]] == [r["text"] for r in section["content"]["removed"]]


def test_an_edit_based_on_other_words_is_refused_and_says_what_stands_there(writing: Writing) -> None:
    writing.write(chain(3), "one")
    (first, *_) = claims(writing, "one", "part-0")

    done = writing.quire("edit", "one", "part-0", first["claim"], "--text", OWN, "--based-on", "0" * 16)

    assert 2 == done.returncode
    assert first["text"] in re.sub(r"\s+", " ", done.stderr)
