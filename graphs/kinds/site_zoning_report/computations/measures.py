"""What zoning measures: the standards by name, how codes and surveys spell them, and which bound is usual."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

Bound: TypeAlias = Literal["minimum", "maximum"]

_LENGTH = ("ft", "in", "m", "% of lot width", "% of lot depth")
_AREA = ("sq ft", "acres", "sq m")


@dataclass(frozen=True)
class Measure:
    """One thing a code regulates."""

    key: str
    label: str
    bound: Bound
    """The bound a code means when it gives a bare figure (``Front yard: 25 feet``)."""
    units: tuple[str, ...]
    """Units it can be stated in; the first is the usual one."""
    spelling: re.Pattern[str]


def _measure(key: str, label: str, bound: Bound, units: tuple[str, ...], spelling: str) -> Measure:
    return Measure(key, label, bound, units, re.compile(rf"(?<![A-Za-z])(?:{spelling})(?![A-Za-z])", re.IGNORECASE))


_YARD = r"(?:yards?|set-?\s?backs?|building\s+lines?|build-to\s+lines?)"
_PER_UNIT = r"(?:per|for\s+each|/)\s*(?:dwelling\s+|d\.?)?(?:units?|famil(?:y|ies)|dwellings?|u\.?)"

MEASURES = (
    _measure(
        "lot_area_per_unit",
        "Lot area per dwelling unit",
        "minimum",
        ("sq ft/unit", *_AREA),
        rf"(?:lot|land|site)\s+(?:area|size)\s+{_PER_UNIT}|(?:lot|land)\s+area\s+required\s+{_PER_UNIT}",
    ),
    _measure(
        "unit_area",
        "Dwelling unit area",
        "minimum",
        _AREA,
        rf"dwelling\s+unit\s+(?:floor\s+)?(?:area|size)|(?:living|floor)\s+area\s+{_PER_UNIT}|unit\s+size",
    ),
    _measure(
        "open_space",
        "Open space",
        "minimum",
        ("%", "sq ft/unit", "ratio", *_AREA),
        r"(?:common\s+|rear\s+yard\s+|usable\s+|landscaped\s+|private\s+|green\s+|on[\s-]site\s+)*open\s+spaces?|landscaped?\s+area|landscaping\s+area|green\s+space",
    ),
    _measure(
        "corner_side_setback",
        "Corner side yard setback",
        "minimum",
        _LENGTH,
        rf"corner\s+side(?:\s+{_YARD})?|street\s+side(?:\s+{_YARD})?|side\s+street(?:\s+(?:{_YARD}|side))?|exterior\s+side(?:\s+{_YARD})?"
        rf"|side\s*\(street\)|side\s+{_YARD}\s*[,(-]?\s*(?:corner|street|exterior)\)?|side\s*\((?:corner|street)\)",
    ),
    _measure(
        "side_setback_total",
        "Side yards, total of both",
        "minimum",
        _LENGTH,
        rf"(?:total|sum|combined|aggregate|both)(?:\s+(?:width|of|the|both|two|all))*\s+side\s*{_YARD}?"
        rf"|side\s*{_YARD}?\s*[,(:-]?\s*(?:combined|total|both|sum|aggregate)(?:\s+of\s+(?:both|two))?\)?|two\s+side\s+{_YARD}\s+combined",
    ),
    _measure(
        "front_setback",
        "Front yard setback",
        "minimum",
        _LENGTH,
        rf"front\s+(?:lot\s+line\s+)?(?:yard\s+)?{_YARD}|{_YARD}\s*[,:(-]?\s*(?:from\s+)?(?:the\s+)?(?:front|street)(?:\s+(?:yard|lot\s+line|line))?\)?"
        rf"|street\s+(?:yard\s+)?{_YARD}|front\s+lot\s+line|front\s+yard",
    ),
    _measure(
        "side_setback",
        "Side yard setback",
        "minimum",
        _LENGTH,
        rf"(?:interior\s+)?side\s+(?:lot\s+line\s+)?(?:yard\s+)?{_YARD}|{_YARD}\s*[,:(-]?\s*(?:from\s+)?(?:the\s+)?(?:interior\s+)?sides?(?:\s+(?:yard|lot\s+line|line)s?)?\)?"
        r"|interior\s+side|side\s+lot\s+lines?|side\s+interior",
    ),
    _measure(
        "rear_setback",
        "Rear yard setback",
        "minimum",
        _LENGTH,
        rf"rear\s+(?:lot\s+line\s+)?(?:yard\s+)?{_YARD}|{_YARD}\s*[,:(-]?\s*(?:from\s+)?(?:the\s+)?rear(?:\s+(?:yard|lot\s+line|line))?\)?|rear\s+lot\s+line",
    ),
    _measure(
        "lot_area",
        "Lot area",
        "minimum",
        _AREA,
        r"(?:lot|parcel|site|plot|zoning\s+lot|land|tract|development)\s+(?:area|size)s?|area\s+of\s+(?:the\s+)?lots?|an\s+area\s+of|min(?:imum)?\.?\s+lot(?!\s+(?:width|depth|front|cover|line|area|size))|lots?\s+(?:shall|must|may)\s+[\w\s]{0,20}?\barea|"
        r"minimum\s+area|district\s+size",
    ),
    _measure(
        "lot_width",
        "Lot width",
        "minimum",
        _LENGTH,
        r"(?:lot|parcel|site|plot)\s+width|width\s+of\s+(?:the\s+)?lots?|width\s+at\s+(?:the\s+)?(?:front\s+)?(?:building|setback)\s+line",
    ),
    _measure(
        "lot_depth", "Lot depth", "minimum", _LENGTH, r"(?:lot|parcel|plot)\s+depth|depth\s+of\s+(?:the\s+)?lots?"
    ),
    _measure(
        "frontage",
        "Street frontage",
        "minimum",
        _LENGTH,
        r"(?:street|lot|road|public)\s+frontage|(?<!building\s)frontage(?!\s+of\s+the\s+building)",
    ),
    _measure(
        "stories",
        "Stories",
        "maximum",
        ("stories",),
        r"(?:number\s+of\s+)?(?:stories|storeys|story|floors)(?!\s+(?:building|structure|house|dwelling|home))",
    ),
    _measure(
        "height",
        "Building height",
        "maximum",
        ("ft", "m", "stories"),
        r"(?:(?:building|structure)\s+)?heights?|high|tall|ht",
    ),
    _measure(
        "impervious",
        "Impervious surface",
        "maximum",
        ("%", "ratio", *_AREA),
        r"impervious\s+(?:surfaces?|cover(?:age)?|area|lot\s+coverage)|impermeable\s+(?:surface|coverage)|total\s+lot\s+coverage",
    ),
    _measure(
        "lot_coverage",
        "Building coverage",
        "maximum",
        ("%", "ratio", *_AREA),
        r"(?:lot|building|site|land|ground)\s+coverage|coverage(?:\s+of\s+(?:the\s+)?lot)?(?:\s+by\s+(?:the\s+)?(?:main\s+|principal\s+)?(?:buildings?|structures?))?"
        r"|building\s+area\s+ratio|(?:area|portion|percent(?:age)?)\s+of\s+(?:the\s+)?lots?\s+(?:that\s+may\s+be\s+)?(?:covered|occupied)|maximum\s+building\s+area",
    ),
    _measure(
        "far",
        "Floor area ratio",
        "maximum",
        ("ratio", ""),
        r"floor[\s-]+area[\s-]+ratio|f\.?a\.?r\.?|floor\s+space\s+(?:ratio|index)",
    ),
    _measure(
        "density",
        "Density",
        "maximum",
        ("units/acre", "sq ft/unit", "units"),
        rf"(?:residential\s+|net\s+|gross\s+|dwelling\s+)?density|(?:dwelling\s+)?units?\s+{'(?:per|/)'}\s*(?:net\s+|gross\s+)?acre|du\s*/\s*ac|dua|"
        r"d\.?u\.?\s+per\s+acre",
    ),
)
SETBACK = Measure("setback", "Setback", "minimum", _LENGTH, re.compile(r"(?!)"))
"""A setback that no yard is named for: of a parking area, a drive, a structure. No spelling leads to it."""
BY_KEY = {measure.key: measure for measure in MEASURES}


def spaced(name: str) -> str:
    """Write a column name or key as words: ``min_lot_size_sf`` and ``minLotSize`` as ``min lot size``."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"_+|(?<=[a-z])\.(?=[a-z])", " ", apart).split())


def measure_named(text: str) -> Measure | None:
    """Name the measure that a label, column title or key speaks of; nothing if it speaks of none."""
    found = measures_in(text)
    return found[0][0] if found else None


def measures_in(text: str) -> list[tuple[Measure, int, int]]:
    """Find every measure spelled in a text with its place; inside a longer spelling a shorter one does not count."""
    found: list[tuple[Measure, int, int]] = []
    for measure in MEASURES:
        for match in measure.spelling.finditer(text):
            if all(match.end() <= start or match.start() >= end for _, start, end in found):
                found.append((measure, match.start(), match.end()))
    return sorted(found, key=lambda entry: entry[1])
