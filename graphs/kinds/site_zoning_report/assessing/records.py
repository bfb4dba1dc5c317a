"""The records that a zoning report rests on, and where in the code each stands."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from quire.nodes.computations.materials import Materials
from quire.nodes.decode.strict_yaml import parse
from quire.nodes.evidence.content import Claim, claim
from quire.nodes.records.entries import Entry, Records
from quire.nodes.records.record_types import RecordType

CODE = ("standard", "use", "ratio", "parking_rule", "condition", "procedure", "clause", "term")
"""Types of records that state what the code requires."""
NOT_STATED = "Not stated"


def records_of(materials: Materials) -> Records:
    """Give the records of a report."""
    return Records(with_types(materials))


def with_types(materials: Materials) -> Materials:
    """Give materials that know the types of records.

    A run that began with a release whose blueprint declared none goes on with what code reads by the types of today's:
    site, uses, permits, violations. It names no standard, since nobody has read the code for it.
    """
    return materials if materials.record_types else replace(materials, record_types=_declared_today())


@cache
def _declared_today() -> Mapping[str, RecordType]:
    blueprint = parse((Path(__file__).parents[1] / "blueprint.yaml").read_text("utf-8")).value
    return {name: RecordType.model_validate(kind) for name, kind in blueprint["records"].items()}


def section_of(entry: Entry) -> str:
    """Give the section of the code, as its address names it: ``§ 1231.04(a)``, else the heading above it."""
    number = entry.record["address"].partition(",")[0]
    return number if number.startswith("§") else entry.text("section")


def titled(entry: Entry) -> str:
    """Give the title of the source in which a record stands."""
    places = (field["evidence"] for field in entry.record["fields"].values())
    return next((e["heading"].partition(" > ")[0] for e in places if e.get("heading")), entry.record["source"])


def place_of(entry: Entry) -> Claim:
    """Claim where in the code a record stands."""
    number = section_of(entry)
    return claim(number.replace(" ", "\N{NO-BREAK SPACE}", 1), "fixed") if number else claim(NOT_STATED, "open")


def capital(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]
