"""Measures what code says of statements as a writer marks them, on sources that the rules were not written for.

``python benchmarks/first_look.py FOLDER`` takes the sources in ``FOLDER/sources`` as a section does, each passage under
a number, and ``FOLDER/statements.txt``: lines of ``+ statement [E3, E7]`` (true) and ``- kind: statement [E3]``
(false). ``--passages`` shows the passages with their numbers; ``--refused`` what is decided wrongly.

A true statement is refused where its marks cannot be bound or code decides against it; the rest is left to a reader.
A false one passes code where it is left to the reader, or told to be supported.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from quire.graphs.agents.verifier.measured import Written, measure, without_a_judge
from quire.nodes.author.binding import Bound, Desk, bind, model_claims
from quire.nodes.author.claim_checks import with_its_kind
from quire.nodes.author.composing import compose
from quire.nodes.author.grounds import Ground, grounds_of
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.claims import named, named_by
from quire.nodes.evidence.content import Claim, Evidence
from quire.nodes.evidence.from_passages import quoted
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read
from quire.nodes.survey.survey import by_source, survey

TITLE = "What the sources say"


class Line(NamedTuple):
    """A statement with its marks."""

    text: str
    kind: str
    """Of a false one: how it is false; empty of a true one."""


class Told(NamedTuple):
    """What code says of one."""

    line: Line
    verdict: str
    stands_alone: bool
    """Whether it would be published where nobody can read."""
    reasons: Sequence[str]
    to_look_at: Sequence[str] = ()
    """What a reader is shown of its figures."""

    @property
    def passes(self) -> bool:
        """Whether code lets it stand, or leaves it to a reader."""
        return self.verdict in ("supported", "open")


def main() -> None:
    """Print what is kept, what passes, and with ``--refused`` each that is decided wrongly."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", action="store_true", help="show the passages with their numbers")
    parser.add_argument("--reckoned", action="store_true", help="show what a reader is shown of figures")
    parser.add_argument("--refused", action="store_true", help="show what is decided wrongly")
    asked = parser.parse_args()
    library = _library(asked.folder / "sources")
    if asked.passages:
        for name, ground in _grounds(library).items():
            sys.stdout.write(f"[{name}] {ground.all_words}\n")
        return
    told = [_judged(line, library) for line in _lines(asked.folder / "statements.txt")]
    _print(told)
    if asked.reckoned:
        for one in (one for one in told if one.to_look_at):
            sys.stdout.write(f"\n{one.line.kind or 'true'}: {one.line.text}\n   {'; '.join(one.to_look_at)}\n")
    if asked.refused:
        for one in told:
            if one.passes is bool(one.line.kind):
                sys.stdout.write(f"\n{one.line.kind or 'true'}: {one.line.text}\n   {one.verdict} {one.reasons}\n")


def _library(folder: Path) -> Materials:
    files = sorted(file for file in folder.iterdir() if file.is_file())
    readings: list[Reading] = [read(file.name, file.read_bytes()) for file in files]
    section = {"id": "all", "title": "Findings", "instructions": "", "words": 0}
    surveyed = by_source(survey(readings))
    return Materials(TITLE, section, {}, tuple(readings), {}, surveyed=surveyed)


def _grounds(library: Materials) -> dict[str, Ground]:
    passages = (p for reading in library.readings for p in reading["passages"] if p["kind"] != "heading")
    evidence: list[Evidence] = [one for p in passages for one in quoted(p, library.surveyed[p["source"]])]
    return grounds_of(library, evidence, None)


def _lines(file: Path) -> Iterator[Line]:
    for line in file.read_text("utf-8").splitlines():
        sign, _, said = line.partition(" ")
        if sign == "+":
            yield Line(said, "")
        elif sign == "-":
            kind, _, text = said.partition(": ")
            yield Line(text, kind)


def _judged(line: Line, library: Materials) -> Told:
    bound = _bound(line.text, library)
    claims = model_claims(bound.blocks)
    if bound.problems or not claims:
        return Told(line, "unbound", False, [problem.problem for problem in bound.problems])
    content = compose(bound.blocks, {}, None).content
    named_claims: list[Claim] = named(content)
    written = Written(
        library.readings, library.convention, f"{library.title} {library.section['title']}", (), named_by(content)
    )
    decided, left = measure(named_claims, written)
    verdicts = [decided[c["id"]]["verdict"] if c["id"] in decided else "open" for c in named_claims]
    alone = decided | without_a_judge(named_claims, left)
    worst = max(verdicts, key=("supported", "open", "insufficient", "contradicted").index)
    reasons = [*(r for d in decided.values() for r in d["reasons"]), *(r for c in left.values() for r in c.reasons)]
    shown = [hint for checked in left.values() for hint in checked.to_look_at]
    return Told(line, worst, all(one["verdict"] == "supported" for one in alone.values()), reasons, shown)


def _bound(text: str, library: Materials) -> Bound:
    desk = Desk(_grounds(library), "Findings", convention=library.convention, inferences=1.0)
    return bind(text, desk, lambda made, words: with_its_kind(made, words, library.convention))


def _print(told: Sequence[Told]) -> None:
    true, false = ([one for one in told if bool(one.line.kind) is sort] for sort in (False, True))
    for name, part in (("true", true), ("false", false)):
        count = Counter(one.verdict for one in part)
        shown = ", ".join(f"{n} {verdict}" for verdict, n in sorted(count.items()))
        alone = sum(one.stands_alone for one in part)
        passed = sum(one.passes for one in part)
        sys.stdout.write(f"{name}: {len(part)}, of which code lets {passed} pass ({shown}); by code alone {alone}\n")
    for kind, n in sorted(Counter(one.line.kind for one in false if one.passes).items()):
        sys.stdout.write(f"  left to a reader: {kind}, {n}\n")


if __name__ == "__main__":
    main()
