"""The records that a zoning report rests on, and where in the code each stands. Pure."""

from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, claim
from quire.nodes.faults import BadInput
from quire.nodes.records.entries import Entry, Records

CODE = ("standard", "use", "ratio", "parking_rule", "condition", "procedure", "clause", "term")
"""Types of records that state what the code requires."""
NOT_STATED = "Not stated"


def records_of(materials: Materials) -> Records:
    """Give the records of a report.

    Raises:
        BadInput: the blueprint declares none, as those of earlier releases do.

    """
    if not materials.record_types:
        raise BadInput(
            "the blueprint of this run declares no records, on which a zoning report rests",
            hint="begin the report again: this release reads the code as records",
        )
    return Records(materials)


def section_of(entry: Entry) -> str:
    """Give the section of the code, as its address names it: ``§ 1231.04(a)``, else the heading above it."""
    number = entry.record["address"].partition(",")[0]
    return number if number.startswith("§") else entry.text("section")


def place_of(entry: Entry) -> Claim:
    """Claim where in the code a record stands."""
    number = section_of(entry)
    return claim(number.replace(" ", "\N{NO-BREAK SPACE}", 1), "fixed") if number else claim(NOT_STATED, "open")


def capital(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]
