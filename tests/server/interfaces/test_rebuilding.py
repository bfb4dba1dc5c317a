"""A version that follows another: what did not change stands without a call, and the rest is written again."""

import json
import re
from pathlib import Path

import pytest
from cli import Quire
from following import Writing, chain, scribe
from model_server import ModelServer


@pytest.fixture
def writing(quire: Quire, tmp_path: Path) -> Writing:
    return Writing(quire, tmp_path)


def test_nothing_changed_and_nothing_is_asked(writing: Writing, tmp_path: Path) -> None:
    with ModelServer(scribe) as server:
        writing.settings = {"OPENAI_BASE_URL": server.url}
        writing.write(chain(6), "one")
        asked = len(server.asked)
        writing.write(chain(6), "two", "--from", "one")

    assert asked == len(server.asked)
    assert (tmp_path / "one/document.json").read_bytes() == (tmp_path / "two/document.json").read_bytes()


@pytest.mark.long
def test_of_sixty_sections_calls_are_made_only_for_what_a_change_reaches(writing: Writing) -> None:
    changed = {"s31": "Pump 31 moves 99 litres in a minute."}
    with ModelServer(scribe) as server:
        writing.settings = {"OPENAI_BASE_URL": server.url}
        writing.write(chain(60), "one")
        known = len(server.asked)
        writing.write(chain(60, **changed), "two", "--from", "one")
        again = server.asked[known:]

    drafted = [re.search(r"Write the section “([^”]+)”", a.prompt) for a in again if a.drafts]
    assert {"Part 31", "Part 32"} == {found[1] for found in drafted if found}
    assert len(again) <= 2 * 4 + 1
    one, two = writing.sections("one"), writing.sections("two")
    assert {"part-31", "part-32"} == {name for name in one if one[name] != two[name]}
    assert "99 litres" in two["part-32"]


@pytest.mark.long
def test_a_plan_foretells_what_would_be_written_again_and_why(writing: Writing) -> None:
    with ModelServer(scribe) as server:
        writing.settings = {"OPENAI_BASE_URL": server.url}
        writing.write(chain(6), "one")
        known = len(server.asked)
        asked = writing.brief(chain(6, s1="Pump 1 moves 99 litres in a minute."))
        done = writing.quire("plan", asked, "--against", "one", "--json", **writing.settings)
        assert known == len(server.asked)

    assert 0 == done.returncode, done.stderr
    told = json.loads(done.stdout)
    assert {"part-1", "part-2"} == {one["id"] for one in told["versions"] if not one["stands"]}
    why = {one["id"]: one["because"] for one in told["versions"]}
    assert ["what it was given of its sources changed (s1.md)"] == why["part-1"]
    assert ["it builds on “part-1”, which is written again"] == why["part-2"]
    assert 0 < told["expected"]["calls"] <= 2 * 4 + 1


@pytest.mark.long
def test_without_a_model_too(writing: Writing) -> None:
    writing.write(chain(6), "one")
    writing.write(chain(6, s4="Pump 4 moves 99 litres in a minute."), "two", "--from", "one")
    writing.write(chain(6, s4="Pump 4 moves 99 litres in a minute."), "anew")

    assert writing.sections("anew") == writing.sections("two")


@pytest.mark.long
def test_two_versions_are_compared_claim_by_claim(writing: Writing) -> None:
    writing.write(chain(3), "one")
    writing.write(chain(3, s1="Pump 1 moves 99 litres in a minute."), "two", "--from", "one")

    told = [json.loads(line) for line in writing.quire("diff", "two", "--json").stdout.splitlines()]

    words = ("Pump 1 moves 21 litres in a minute.", "Pump 1 moves 99 litres in a minute.")
    assert [("part-1", "changed", *words)] == [(t["section"], t["change"], t["before"], t["now"]) for t in told]
    assert "both say the same" in writing.quire("diff", "one", "one").stdout
    assert 2 == writing.quire("diff", "one").returncode
