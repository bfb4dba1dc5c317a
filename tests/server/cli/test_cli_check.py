"""``quire check``: every problem at once, where it stands; a blueprint by itself; what is suspicious but good."""

from pathlib import Path
from textwrap import dedent

import pytest
from cli import Quire

BLUEPRINT = """\
name: toy
title: Toy
agents:
  - {name: writer, prompt: Look.}
rules:
  - {id: R-1, severity: grave, text: "No guesses.", forbid: [perhaps]}
sections:
  - {id: head, title: Head, kind: tabel}
  - {id: body, title: Body, after: [haed], agents: [reviwer]}
  - {id: note, title: Note, kind: template, instructions: "At {{ facts.adress }}."}
"""
GOOD = """\
name: toy
title: Toy
sections:
  - {id: note, title: Note, kind: template, instructions: "At {{ facts.address }}{{ facts.floor | default('') }}."}
  - {id: body, title: Body, sources: ["*.csv"]}
"""


@pytest.fixture(autouse=True)
def _source(tmp_path: Path) -> None:
    (tmp_path / "code.md").write_text("# Code\n\nWords.\n")


def written(folder: Path, blueprint: str, brief: str = "facts: {address: 1 Mill Lane}\nsources: [code.md]\n") -> None:
    (folder / "toy.yaml").write_text(dedent(blueprint))
    (folder / "brief.yaml").write_text(f"blueprint: toy.yaml\n{brief}")


def test_every_problem_is_told_at_once_in_the_order_of_the_file(quire: Quire, tmp_path: Path) -> None:
    written(tmp_path, BLUEPRINT)

    done = quire("check", "brief.yaml")

    places = [line.partition(": ")[0] for line in done.stderr.splitlines()]
    assert 2 == done.returncode
    assert [
        "brief.yaml:2, facts",
        "toy.yaml:4, agents[0].name",
        "toy.yaml:6, rules[0].severity",
        "toy.yaml:8, sections[0].kind",
        "toy.yaml:9, sections[1].after[0]",
        "toy.yaml:9, sections[1].agents",
    ] == sorted(places)
    assert [p for p in places if "toy" in p] == sorted(p for p in places if "toy" in p)
    assert "names the fact 'adress', which nobody states (did you mean address?)" in done.stderr


def test_a_blueprint_is_checked_by_itself(quire: Quire, tmp_path: Path) -> None:
    written(tmp_path, BLUEPRINT)
    bad = quire("check", "toy.yaml")
    written(tmp_path, GOOD)
    good = quire("check", "toy.yaml")

    assert (2, 5) == (bad.returncode, len(bad.stderr.splitlines()))
    assert (0, "toy.yaml: good, 2 sections\n") == (good.returncode, good.stdout)


def test_what_is_good_and_suspicious_is_warned_of(quire: Quire, tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    unfit = quire("check", "brief.yaml")
    written(tmp_path, GOOD, "facts: {address: 1 Mill Lane}\n")
    none = quire("check", "brief.yaml")

    assert "brief.yaml: good, 1 source\n  warning: section 'body': no source fits *.csv\n" == unfit.stdout
    assert "brief.yaml: good, 0 sources\n  warning: there are no sources, and 1 section quotes them\n" == none.stdout
