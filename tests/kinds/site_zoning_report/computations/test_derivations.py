"""Every figure of the example's report leads to its source: in words, and with the arithmetic."""

import re
from collections.abc import Iterator

import pytest
from zoning_report import SPECS, Report

from quire.nodes.evidence.content import Claim, claims_of

RATIO = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?%|(?<![\d.,])0\.\d+\b")
SOURCE_NAME = re.compile(r"\S+\.(?:md|csv|html|docx|pdf)")


def _claims(report: Report, section: str) -> Iterator[Claim]:
    for block in report[section]["blocks"]:
        yield from claims_of(block)


@pytest.mark.parametrize("section", list(SPECS))
def test_no_text_and_no_derivation_holds_an_internal_name(report: Report, section: str) -> None:
    names = {name for content in report.whole().values() for name in content["values"] if "." in name}
    said = [SOURCE_NAME.sub("", text) for c in _claims(report, section) for text in (c["text"], c.get("how", ""))]

    assert [] == [text for text in said if any(name in text for name in names)]
    assert [] == [text for text in said if re.search(r"\b[a-z]+_[a-z_]+\b", text)]


@pytest.mark.parametrize("section", list(SPECS))
def test_every_ratio_that_was_worked_out_shows_what_from(report: Report, section: str) -> None:
    bare = [
        (figure, c.get("how", ""))
        for c in _claims(report, section)
        if c["basis"] == "computed"
        for figure in RATIO.findall(c["text"])
        if not _stands_in_a_source(figure, c) and not _worked(figure, c.get("how", ""))
    ]

    assert [] == bare


def _stands_in_a_source(figure: str, made: Claim) -> bool:
    number = re.escape(figure.rstrip("%"))
    quotes = [*(e["quote"] for e in made["evidence"]), *re.findall("“[^”]*”", made.get("how", ""))]
    return any(re.search(rf"(?<![\d.]){number}0*(?![\d.]*\d)", quote) for quote in quotes)


def _worked(figure: str, how: str) -> bool:
    """Say whether the figure is the result of arithmetic shown, or one of its operands."""
    result = rf"\d[^;=]*[÷/x+-] ?[^;=]*\d[^;=]* = {re.escape(figure)}"
    return bool(re.search(result, how) or re.search(rf"[÷/x+-] {re.escape(figure)}[^;=]* = \d", how))


def test_no_derivation_merely_points_elsewhere(report: Report) -> None:
    hows = [c.get("how", "") for section in SPECS for c in _claims(report, section)]

    assert [] == [how for how in hows if re.fullmatch(r"finding \d+|as (?:determined|designated|stated).*", how)]


def test_the_floor_area_ratio_shows_its_division_wherever_it_stands(report: Report) -> None:
    shown = [(section, c.get("how", "")) for section in SPECS for c in _claims(report, section) if c["text"] == "0.53"]

    assert {"dimensions", "summary"} <= {section for section, _ in shown}
    assert all("7,480 sq ft ÷ 14,200 sq ft = 0.53" in how for _, how in shown)
