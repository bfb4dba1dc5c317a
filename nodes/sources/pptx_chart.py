"""The values of a slide's chart as the rows of a table: a category each, with a column for each series."""

from typing import Any

from pptx.oxml.ns import qn

from quire.nodes.sources.folding import fold
from quire.nodes.sources.tables import Row
from quire.nodes.sources.xlsx_shown import shown

_MAX_VALUES = 10_000
_VALUES = (qn("c:val"), qn("c:yVal"))
_CATEGORIES = (qn("c:cat"), qn("c:xVal"))


def rows_of_chart(chart: Any, place: str) -> tuple[str, list[Row]]:
    """Give a chart's title and its rows, as ``<place>, row 1``; without rows if it keeps no values."""
    caption = fold(chart.chart_title.text_frame.text) if chart.has_title and chart.chart_title.has_text_frame else ""
    names: list[str] = []
    series: list[dict[int, str]] = []
    labels: dict[int, str] = {}
    for plot in chart.plots:
        for line in plot.series:
            names.append(fold(line.name or "") or f"series {len(names) + 1}")
            series.append({place: _number(text) for place, text in _points(line, _VALUES).items()})
            labels = labels or _points(line, _CATEGORIES)
    places = sorted({place for values in series for place in values})
    if not places:
        return caption, []
    header = Row(f"{place}, header", ["", *names], header=True)
    rows = [[labels.get(n, str(n + 1)), *(values.get(n, "") for values in series)] for n in places]
    return caption, [header, *(Row(f"{place}, row {n + 1}", cells) for n, cells in zip(places, rows, strict=True))]


def _points(line: Any, kinds: tuple[str, str]) -> dict[int, str]:
    """Give a series' values or categories by their place, as they stand there: how many there are may be a lie."""
    held = next((part for kind in kinds if (part := line._element.find(kind)) is not None), None)  # noqa: SLF001 - python-pptx believes the count
    points = held.iter(qn("c:pt")) if held is not None else ()
    found: dict[int, str] = {}
    for point in points:
        place = str(point.get("idx") or "")
        if place.isdecimal() and len(place) <= len(str(_MAX_VALUES)) and int(place) < _MAX_VALUES:
            found.setdefault(int(place), fold(point.findtext(qn("c:v")) or ""))
    return found


def _number(text: str) -> str:
    """Write a value as a cell without a format shows it; charts keep ``0.30000000000000004``."""
    try:
        value = float(text)
    except ValueError:
        return text
    return shown(int(value) if value.is_integer() else value, "General")
