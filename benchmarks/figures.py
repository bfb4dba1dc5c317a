"""Counts how many figures of labelled strings are read right, by convention.

``python benchmarks/figures.py benchmarks/figures.jsonl`` reads JSON lines::

    {"text": "1.234,56 €", "convention": "de", "expected": [{"kind": "money", "value": "1234.56", "unit": "euro"}]}

``convention`` is a locale. ``expected`` holds every figure in reading order, those that name (``reference``,
``ordinal``) left out unless the line says ``"all": true``. ``kind`` is one of ``figures.figure.Kind``.
``value`` is a decimal number, or a date or time in ISO 8601 with open parts (``2026-05``, ``--05-04``, ``15:30``).
``unit`` is the name that Quire gives it, or any spelling that it reads as that unit (``mg/kg``); ``""`` for none.
``per``, a list, is what a rate is counted per. What a line does not say of a figure is not compared. The two ends of a
range are two figures.
"""

import argparse
import json
import sys
import time
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from quire.nodes.evidence.figures.conventions import convention_of
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.finding import figures_in, readings_in
from quire.nodes.evidence.figures.units import unit_named


def main() -> None:
    """Read the lines, print what is read otherwise and the share that is right, by convention."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("files", nargs="+", type=Path, help="JSON lines of labelled strings")
    parser.add_argument("--quiet", action="store_true", help="print no line that is read otherwise, only the figures")
    asked = parser.parse_args()
    lines = [json.loads(line) for file in asked.files for line in file.read_text("utf-8").splitlines() if line.strip()]
    right: Counter[str] = Counter()
    for line in lines:
        found = _read(line)
        right[line["convention"]] += _same(line["expected"], found)
        if not _same(line["expected"], found) and not asked.quiet:
            print(f"{line['convention']}: {line['text']!r} is read as {[_shown(figure) for figure in found]}")
    for convention, many in sorted(Counter(line["convention"] for line in lines).items()):
        print(f"{convention:6} {right[convention]:4} of {many}")
    print(f"all    {right.total():4} of {len(lines)}, {_microseconds(lines):.0f} microseconds of CPU a string")


def _read(line: dict[str, Any]) -> list[Figure]:
    reader = readings_in if line.get("all") else figures_in
    return reader(line["text"], convention_of(line["convention"]))


def _same(expected: list[dict[str, Any]], found: list[Figure]) -> bool:
    return len(expected) == len(found) and all(_fits(one, figure) for one, figure in zip(expected, found, strict=True))


def _fits(expected: dict[str, Any], figure: Figure) -> bool:
    named = str(expected.get("unit", figure.unit))
    units = {named, unit_named(named), _OF_MONEY.get(named, named) if figure.kind == "money" else named}
    per = expected.get("per", figure.per)
    rates = {"/".join([unit, *per]) for unit in units}
    counted = figure.unit in units and sorted(per) == sorted(figure.per)
    return (
        expected.get("kind", figure.kind) == figure.kind
        and _value(expected.get("value", figure.value)) == figure.value
        and (counted or figure.unit in rates or figure.kind in ("date", "time", "ratio", "identifier"))
    )


_OF_MONEY = {"pound": "pound sterling"}
"""What a label may call a currency whose name is a weight's too."""


def _value(written: str | Decimal) -> str | Decimal:
    try:
        return Decimal(written)
    except InvalidOperation:
        return str(written)


def _shown(figure: Figure) -> dict[str, Any]:
    return {"kind": figure.kind, "value": str(figure.value), "unit": figure.unit, "per": list(figure.per)}


def _microseconds(lines: list[dict[str, Any]], rounds: int = 20) -> float:
    """Measure the CPU that a string takes; each is read anew, with other white space behind it."""
    began = time.process_time()
    for number in range(1, rounds + 1):
        for line in lines:
            figures_in(line["text"] + " " * number, convention_of(line["convention"]))
    return (time.process_time() - began) / (rounds * max(len(lines), 1)) * 1_000_000


if __name__ == "__main__":
    sys.exit(main())
