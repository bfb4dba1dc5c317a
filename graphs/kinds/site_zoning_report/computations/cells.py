"""Requirements in the cells of tables, CSV files and front matter."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.bounds import bound_named
from quire.graphs.kinds.site_zoning_report.computations.measures import BY_KEY, Bound, Measure
from quire.graphs.kinds.site_zoning_report.computations.prose import Alternative, read_prose
from quire.graphs.kinds.site_zoning_report.computations.units import Quantity, measured, quantities, unit_in

_EMPTY = re.compile(r"^(?:[-\u2013\u2014.\s]*|n\.?/?a\.?|not\s+applicable)$", re.IGNORECASE)
_NONE = re.compile(
    r"^(?:none|no\s+(?:minimum|maximum|limit|requirement|restriction)|not\s+(?:required|limited|regulated)|unlimited)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_AND_MORE = re.compile(r"\d\s*\+")
"""``6+ stories``: more than the figure beside it."""
_FRACTIONS = ("lot_coverage", "impervious", "open_space")
"""Measures that a bare figure states as a percentage, or as a ratio if it is not above one."""
_USUAL = {"ft": "feet", "sq ft": "square feet", "units/acre": "units per acre", "%": "percent"}


@dataclass(frozen=True)
class Cell:
    """A cell with what its row, its column and the words above its table say of it."""

    text: str
    measure: Measure
    label: str
    """The words that name the measure, with bound and unit if they state them."""
    column: str = ""
    caption: str = ""
    unit: str = ""
    """What a column of units says."""
    qualifier: str = ""


@dataclass(frozen=True)
class CellFigure:
    """One requirement read in a cell."""

    measure: Measure
    bound: Bound
    quantity: Quantity | None
    qualifier: str
    alternative: Alternative = ""
    note: str = ""
    assumed: str = ""


class CellRead(NamedTuple):
    """What a cell requires, and whether that is all it says."""

    figures: list[CellFigure]
    certain: bool


def read_cell(cell: Cell) -> CellRead:
    """Read a cell; an empty one requires nothing, and one that cannot be read is not certain."""
    if _EMPTY.match(cell.text):
        return CellRead([], certain=True)
    bound = _bound(cell)
    none = _NONE.match(cell.text)
    if none and not quantities(none["rest"]):
        return CellRead([CellFigure(cell.measure, bound, None, cell.qualifier)], certain=True)
    quantity = measured(cell.text, _announced(cell))
    found = (
        _one(cell, quantity, bound) if quantity else _variants(cell, bound) or ([] if none else _worded(cell, bound))
    )
    return CellRead(found or [], certain=bool(found) and not _AND_MORE.search(cell.text))


def _bound(cell: Cell) -> Bound:
    for words in (cell.text, cell.label, cell.column, cell.caption):
        if named := bound_named(words):
            return named
    return cell.measure.bound


def _announced(cell: Cell) -> str:
    """Take the unit from the nearest place that states one which the measure can have."""
    for words in (cell.unit, cell.label, cell.column, cell.caption):
        unit = unit_in(words)
        if unit and unit in (*cell.measure.units, "in"):
            return unit
    return ""


def _one(cell: Cell, quantity: Quantity, bound: Bound) -> list[CellFigure] | None:
    quantity, assumed = _with_unit(quantity, cell.measure)
    measure = cell.measure
    if quantity.unit == "stories":
        measure = BY_KEY["stories"]
    if quantity.unit not in (*measure.units, "in"):
        return None
    return [CellFigure(measure, bound, quantity, cell.qualifier, assumed=assumed)]


def _with_unit(quantity: Quantity, measure: Measure) -> tuple[Quantity, str]:
    """Give a bare figure the unit that its measure usually has, and say so."""
    if quantity.unit or measure.key == "far":
        return (Quantity(quantity.value, "ratio") if measure.key == "far" and not quantity.unit else quantity), ""
    if measure.key in _FRACTIONS:
        return Quantity(quantity.value, "ratio" if quantity.value <= 1 else "%"), ""
    unit = measure.units[0]
    if unit == "stories":
        return Quantity(quantity.value, unit), ""
    return Quantity(quantity.value, unit), f"The unit is not stated; {_USUAL.get(unit, unit)} are taken."


def _variants(cell: Cell, bound: Bound) -> list[CellFigure] | None:
    """Read ``6,000/8,000`` under a column ``R2F 1F/2F``: one figure for each variant that the column names."""
    values, names = cell.text.split("/"), cell.column.split()[-1].split("/") if cell.column else []
    if not len(values) == len(names) > 1:
        return None
    found: list[CellFigure] = []
    for value, name in zip(values, names, strict=True):
        quantity = measured(value, _announced(cell))
        if quantity is None:
            return None
        qualifier = ", ".join(part for part in (cell.qualifier, name) if part)
        quantity, assumed = _with_unit(quantity, cell.measure)
        found.append(CellFigure(cell.measure, bound, quantity, qualifier, assumed=assumed))
    return found


def _worded(cell: Cell, bound: Bound) -> list[CellFigure] | None:
    """Read a cell that holds words: each figure in it, if every one can be told."""
    read = read_prose(f"{cell.measure.label}: {cell.text}", (cell.label, cell.label))
    if len(quantities(cell.text)) < 1 or not read.stated or read.relief:
        return None
    told = [s for s in read.stated if not s.subject]
    return [
        CellFigure(
            measure=s.measure,
            bound=bound_named(cell.text) or (bound if s.measure.key == cell.measure.key else s.bound),
            quantity=s.quantity,
            qualifier=", ".join(part for part in (cell.qualifier, s.qualifier) if part),
            alternative=s.alternative,
            note=s.note,
        )
        for s in told
    ] or None
