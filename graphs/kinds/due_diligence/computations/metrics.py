"""Measures: each with its newest value and what it was before, then what is stated once. Pure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from quire.graphs.kinds.due_diligence.computations.measures import OUT_OF_FORCE, Measure, measures_in
from quire.graphs.kinds.due_diligence.computations.series import Series, series_of
from quire.graphs.kinds.general_report.computations.sound import sound
from quire.nodes.computations.blocks import note, section, table, value
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, Value, claim

MOST_OLDER = 4
"""Older values of one measure that are named."""
MOST_SINGLE = 80
"""Figures without an older value that are listed."""
_LONGEST_NAME = 60


def compute(materials: Materials) -> SectionContent:
    """Show measures over time, the newest value first, and other figures as they are stated."""
    measures = measures_in(materials)
    every = series_of(measures)
    over_time = [one for one in every if one.older]
    single = [one for one in every if not one.older and one.newest[0].status != "archived"]
    blocks = [*_over_time(over_time), *_single(single), *_left_out(measures, every)]
    if not over_time and not single:
        blocks = [note(claim("The sources state no figures of the company.", "open"))]
    return sound(section(blocks, dict(_values(every))), materials)


def _over_time(every: Sequence[Series]) -> Iterator[Block]:
    if every:
        titles = ["Measure", "Newest value", "As of", ("Change", "right"), "Before"]
        yield table("Measures over time", titles, map(_row, every))  # type: ignore[arg-type]  # titles with their alignment


def _row(series: Series) -> list[Claim]:
    newest = series.newest[0]
    shown = " / ".join(_shown(one) for one in series.newest)
    status = "Disputed" if series.is_disputed else ""
    return [
        claim(series.name, "fixed"),
        claim(shown, "source", *(one.evidence for one in series.newest), status=status),
        as_of(newest),
        _change(series),
        before(series.older),
    ]


def _shown(one: Measure) -> str:
    """Give a value with all that its source says beside it, without its name."""
    label, colon, rest = one.text.partition(": ")
    return (rest if colon and rest and len(label) <= _LONGEST_NAME else one.text).rstrip(".")


def as_of(one: Measure) -> Claim:
    """Say of when a value is, and why."""
    if not one.as_of:
        return claim("undated", "fixed")
    whence = "named with the value" if one.is_told else f"the time of {one.evidence['source']}"
    draft = f", {one.status}" if one.status != "current" else ""
    return claim(f"{one.as_of}{draft}", "computed", one.evidence, how=f"{one.as_of}: {whence}", beside=True)


def before(older: Sequence[Measure]) -> Claim:
    """Name older values, each with its time and status."""
    if not older:
        return claim("", "fixed")
    kept = older[:MOST_OLDER]
    told = "; ".join(f"{one.said.text} ({_dated(one)})" for one in kept)
    how = f"from the newest to the oldest: {told}"
    return claim(told, "computed", *(one.evidence for one in kept), how=how, beside=True)


def _dated(one: Measure) -> str:
    status = one.status if one.status in OUT_OF_FORCE or one.status == "draft" else ""
    return ", ".join(part for part in (one.as_of or "undated", status) if part)


def _change(series: Series) -> Claim:
    """Say by how much the newest value is above the one before it, of times of one length."""
    new, old = series.newest[0], next((one for one in series.older if one.status not in OUT_OF_FORCE), None)
    if series.is_disputed or old is None or not old.said.value or new.when == old.when:
        return claim("", "fixed")
    if new.said.unit[:1] == ("percent",) or "%" in new.said.text:
        points = new.said.value - old.said.value
        how = f"{new.said.text} - {old.said.text} ({old.as_of}) = {_signed(points)} points"
        return claim(f"{_signed(points)} points since {old.as_of}", "computed", new.evidence, old.evidence, how=how)
    share = (new.said.value - old.said.value) / abs(old.said.value) * 100
    shown = f"{_signed(round(share, 1))} %"
    how = f"({new.said.text} - {old.said.text}) / {old.said.text} = {shown}, since {old.as_of}"
    return claim(f"{shown} since {old.as_of}", "computed", new.evidence, old.evidence, how=how)


def _signed(number: Decimal) -> str:
    shown = f"{abs(number):f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    sign = "+" if number > 0 else "\N{MINUS SIGN}" if number < 0 else ""
    return f"{sign}{shown}"


def _single(every: Sequence[Series]) -> Iterator[Block]:
    if not every:
        return
    rows = [[_stated(one), as_of(one.newest[0])] for one in every[:MOST_SINGLE]]
    yield table("Other figures, as stated", ["Statement", "As of"], rows)
    if len(every) > MOST_SINGLE:
        yield note(claim(f"{len(every) - MOST_SINGLE} further figures are not listed.", "fixed"))


def _stated(series: Series) -> Claim:
    shown = " / ".join(dict.fromkeys(one.text for one in series.newest))
    status = "Disputed" if series.is_disputed else ""
    return claim(shown, "source", *(one.evidence for one in series.newest), status=status)


def _left_out(measures: Sequence[Measure], every: Sequence[Series]) -> Iterator[Block]:
    """Say what only sources state that are out of force, or that newer ones have followed."""
    shown = {id(one) for series in every for one in (*series.newest, *series.older)}
    left = [one for one in measures if id(one) not in shown and one.status in OUT_OF_FORCE]
    left += [series.newest[0] for series in every if not series.older and series.newest[0].status == "archived"]
    if left:
        sources = "; ".join(dict.fromkeys(one.evidence["source"] for one in left))
        many = "1 figure is" if len(left) == 1 else f"{len(left)} figures are"
        yield note(
            claim(f"{many} left out that only sources out of force or of an earlier time state: {sources}.", "fixed")
        )


def _values(every: Sequence[Series]) -> Iterator[tuple[str, Value]]:
    """Name the newest values for the sections that build on them."""
    for series in every:
        if not series.is_disputed:
            newest = series.newest[0]
            dated = f" ({newest.as_of})" if newest.as_of else ""
            yield f"{series.name}{dated}", value(newest.said.text, newest.evidence)
