"""Lays a chart out: what its block says becomes shapes and words at places. Pure.

The layout is ours, since a mark has to lead to its cell and a label may be in any script and of any length; ReportLab
draws it for PDF and Word, a browser for HTML.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from quire.nodes.evidence.content import Chart, Mark
from quire.nodes.language.catalogue import Words
from quire.nodes.render.charts.lettering import fitting, width
from quire.nodes.render.charts.picture import WIDTH, Lettering, Picture, Shape
from quire.nodes.render.charts.scale import Scale, instant, of_instants, of_numbers
from quire.nodes.render.numbered import Statement
from quire.nodes.render.text import label

COLOURS = 6
"""Series that have a colour of their own; further ones begin again."""
_NAMES, _MOST_NAMES, _VALUES, _ROW, _BAR = 150.0, 230.0, 76.0, 22.0, 13.0
"""Points that labels, long ones, and values take beside bars, and that a bar takes."""
_HEAD, _FOOT, _LEFT, _PLOT = 12.0, 34.0, 58.0, 210.0
_LETTER = 3.2  # how far below the middle of a row its base line is
_GAP = 6.0
_ROUND = 3.2  # radius of a dot
_LONGEST = 1_500  # characters of an alternative text


class _Drawn(NamedTuple):
    """A mark with what its row says."""

    name: str
    said: str
    leads_to: str
    colour: int
    values: tuple[Decimal, ...]


def laid_out(chart: Chart, rows: Sequence[Sequence[Statement]], caption: str, words: Words) -> Picture:
    """Lay a chart out.

    Args:
        chart: its marks.
        rows: of its table, as they are shown.
        caption: of the chart.
        words: of the document's language.

    """
    series = sorted({label(mark["series"], 40) for mark in chart["marks"] if "series" in mark})
    drawn = [_drawn(mark, rows, series, chart) for mark in chart["marks"]]
    shapes, lettering, height = _LAYOUTS[chart["form"]](drawn, chart, words)
    top = _legend_height(series)
    return Picture(
        height=height + top,
        shapes=(*_swatches(series), *(_lowered(shape, top) for shape in shapes)),
        words=(*_legend(series), *(_set_lower(one, top) for one in lettering)),
        alternative=_alternative(drawn, chart, caption, words),
    )


def _drawn(mark: Mark, rows: Sequence[Sequence[Statement]], series: Sequence[str], chart: Chart) -> _Drawn:
    row = rows[mark["row"]]
    cell = row[mark["cell"]]
    numbers = tuple(_number(value) for value in mark["values"])
    colour = series.index(label(mark["series"], 40)) if "series" in mark else 0
    said = ", ".join(statement.text for statement in row[mark["cell"] :] if statement.text)
    name = row[0].text if chart["form"] != "lines" else ", ".join(one.text for one in row[: mark["cell"]])
    return _Drawn(name, said, _leads_to(cell) or _leads_to(row[0]), colour % COLOURS, numbers)


def _number(text: str) -> Decimal:
    return instant(text) if text.count("-") > 1 or "T" in text else Decimal(text)


def _leads_to(statement: Statement) -> str:
    if statement.computation:
        return f"computation-{statement.computation}"
    return f"evidence-{statement.citations[0]}" if statement.citations else ""


def _is_of_instants(chart: Chart) -> bool:
    return any(text.count("-") > 1 for mark in chart["marks"] for text in mark["values"][:1])


def _bars(drawn: Sequence[_Drawn], chart: Chart, words: Words) -> tuple[list[Shape], list[Lettering], float]:
    scale = of_numbers([one.values[0] for one in drawn], words.language, from_zero=True)
    start, end = _names_of(drawn), WIDTH - _VALUES
    foot = _HEAD + len(drawn) * _ROW

    def at(value: Decimal) -> float:
        return start + scale.share(value) * (end - start)

    shapes, lettering = _upright_grid(scale, start, end, foot)
    zero = at(Decimal(0))
    for n, one in enumerate(drawn):
        middle, tip = _HEAD + n * _ROW + _ROW / 2, at(one.values[0])
        corners = ((min(zero, tip), middle - _BAR / 2), (max(zero, tip), middle + _BAR / 2))
        shapes.append(Shape("bar", "mark", corners, one.colour, one.leads_to, f"{one.name}: {one.said}"))
        lettering.append(_named(one, start, middle))
        beside = max(zero, tip) + _GAP
        lettering.append(Lettering(fitting(one.said, WIDTH - beside), (beside, middle + _LETTER)))
    shapes.append(Shape("line", "axis", ((zero, _HEAD), (zero, foot))))
    return shapes, [*lettering, *_unit(chart, end, foot)], foot + _FOOT


def _timeline(drawn: Sequence[_Drawn], chart: Chart, words: Words) -> tuple[list[Shape], list[Lettering], float]:
    scale = of_instants([value for one in drawn for value in one.values], words.language)
    start, end = _names_of(drawn), WIDTH - 2 * _GAP
    foot = _HEAD + len(drawn) * _ROW
    shapes, lettering = _upright_grid(scale, start, end, foot)
    for n, one in enumerate(drawn):
        middle = _HEAD + n * _ROW + _ROW / 2
        begun, ended = (start + scale.share(value) * (end - start) for value in (one.values[0], one.values[-1]))
        said = f"{one.name}: {one.said}"
        if ended - begun > _ROUND * 2:
            corners = ((begun, middle - _BAR / 2), (ended, middle + _BAR / 2))
            shapes.append(Shape("bar", "mark", corners, one.colour, one.leads_to, said))
        else:
            shapes.append(Shape("dot", "mark", ((begun, middle),), one.colour, one.leads_to, said))
        lettering.append(_named(one, start, middle))
    return shapes, [*lettering, *_unit(chart, end, foot)], foot + _FOOT


def _lines(drawn: Sequence[_Drawn], chart: Chart, words: Words) -> tuple[list[Shape], list[Lettering], float]:
    across = [one.values[0] for one in drawn]
    is_of_instants = _is_of_instants(chart)
    along = (
        of_instants(across, words.language) if is_of_instants else of_numbers(across, words.language, from_zero=False)
    )
    up = of_numbers([one.values[1] for one in drawn], words.language, from_zero=False)
    start, end, foot = _LEFT, WIDTH - 3 * _GAP, _HEAD + _PLOT
    shapes, lettering = _upright_grid(along, start, end, foot)
    for value, name in up.ticks:
        height = foot - up.share(value) * _PLOT
        shapes.append(Shape("line", "grid", ((start, height), (end, height))))
        lettering.append(Lettering(fitting(name, _LEFT), (start - _GAP, height + _LETTER), "end"))
    placed = [
        (one, (start + along.share(one.values[0]) * (end - start), foot - up.share(one.values[1]) * _PLOT))
        for one in drawn
    ]
    for colour in dict.fromkeys(one.colour for one in drawn):
        points = sorted(point for one, point in placed if one.colour == colour)
        shapes.append(Shape("line", "mark", tuple(points), colour))
    for one, point in placed:
        shapes.append(Shape("dot", "mark", (point,), one.colour, one.leads_to, f"{one.name}: {one.said}"))
    unit = (
        [Lettering(fitting(label(chart["unit"], 40), _LEFT + _PLOT), (0.0, _HEAD - _LETTER))] if chart["unit"] else []
    )
    return shapes, [*lettering, *unit], foot + _FOOT


_LAYOUTS = {"bars": _bars, "timeline": _timeline, "lines": _lines}


def _upright_grid(scale: Scale, start: float, end: float, foot: float) -> tuple[list[Shape], list[Lettering]]:
    """Draw lines up from the axis, and name those that have room for their names."""
    shapes, lettering = [Shape("line", "axis", ((start, foot), (end, foot)))], list[Lettering]()
    for value, name in scale.ticks:
        at = start + scale.share(value) * (end - start)
        shapes.append(Shape("line", "grid", ((at, _HEAD), (at, foot))))
        lettering.append(Lettering(name, (at, foot + 14), "middle"))
    return shapes, lettering


def _names_of(drawn: Sequence[_Drawn]) -> float:
    """Give the room that the names of bars or spans take."""
    return min(max(_NAMES, *(width(one.name) + 2 * _GAP for one in drawn)), _MOST_NAMES)


def _named(one: _Drawn, room: float, middle: float) -> Lettering:
    return Lettering(fitting(one.name, room - _GAP), (room - _GAP, middle + _LETTER), "end")


def _unit(chart: Chart, end: float, foot: float) -> Iterator[Lettering]:
    if chart["unit"]:
        yield Lettering(fitting(label(chart["unit"], 40), _VALUES * 2), (end, foot + 28), "end")


def _legend_height(series: Sequence[str]) -> float:
    return _ROW * -(-len(series) // _IN_A_LINE)


_IN_A_LINE = 3
"""Series that are named side by side."""


def _legend_places(series: Sequence[str]) -> Iterator[tuple[int, str, float, float]]:
    for n, name in enumerate(series):
        line, place = divmod(n, _IN_A_LINE)
        yield n % COLOURS, name, place * WIDTH / _IN_A_LINE, line * _ROW


def _swatches(series: Sequence[str]) -> Iterator[Shape]:
    for colour, name, left, top in _legend_places(series):
        yield Shape("bar", "mark", ((left, top + _GAP), (left + _GAP * 2, top + _GAP * 2 + _LETTER)), colour, said=name)


def _legend(series: Sequence[str]) -> Iterator[Lettering]:
    for _, name, left, top in _legend_places(series):
        yield Lettering(fitting(name, WIDTH / _IN_A_LINE - 4 * _GAP), (left + 3 * _GAP, top + 2 * _GAP + _LETTER))


def _lowered(shape: Shape, by: float) -> Shape:
    points = tuple((x, y + by) for x, y in shape.points)
    return Shape(shape.kind, shape.ink, points, shape.colour, shape.leads_to, shape.said)


def _set_lower(one: Lettering, by: float) -> Lettering:
    return Lettering(one.text, (one.at[0], one.at[1] + by), one.anchor, one.strong)


def _alternative(drawn: Sequence[_Drawn], chart: Chart, caption: str, words: Words) -> str:
    said = "; ".join(f"{one.name}: {one.said}" for one in drawn)
    whole = f"{words('chart.' + chart['form'])}. {caption}. {said}"
    return whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST]}\N{HORIZONTAL ELLIPSIS}"
