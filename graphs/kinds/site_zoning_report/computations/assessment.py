"""A standard compared with the site: what is required, what is there, and the status, as row and as named values."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.statuses import status_of
from quire.nodes.computations.blocks import table
from quire.nodes.evidence.content import Block, Claim, Value, claim
from quire.nodes.support.grounding import unsupported_figures

PREFIX = "standard."
"""How the values of a compared standard begin: ``standard.side_setback.required``."""


class Assessment(NamedTuple):
    """One comparison. ``key`` names it in values, ``label`` in the document."""

    key: str
    label: str
    required: Value
    actual: Value
    status: str
    """In full: ``Conforming subject to a certificate of appropriateness``."""
    how: str
    """The comparison, readable."""
    derivation: str = ""
    """How the required figure was worked out, where the code does not state it itself."""


def assessment_table(caption: str, assessments: Iterable[Assessment]) -> Block:
    """Set the comparisons out, one a row."""
    return table(caption, ["Standard", "Required", "Actual", "Status"], map(assessment_row, assessments))


def assessment_row(made: Assessment) -> list[Claim]:
    """Claim the four cells; a missing value is said to be missing."""
    return [
        claim(made.label, "fixed"),
        _stated(made.required, made.derivation),
        _stated(made.actual),
        claim(
            made.status,
            "computed",
            *made.required["evidence"],
            *made.actual["evidence"],
            how=made.how,
            status=made.status,
        ),
    ]


def _stated(stated: Value, derivation: str = "") -> Claim:
    if not stated["evidence"]:
        return claim(stated["text"], "open")
    return claim(stated["text"], "computed" if derivation else "source", *stated["evidence"], how=derivation)


def assessment_values(assessments: Iterable[Assessment]) -> dict[str, Value]:
    """Name what other sections build on."""
    named: dict[str, Value] = {}
    for made in assessments:
        evidence = [*made.required["evidence"], *made.actual["evidence"]]
        named[f"{PREFIX}{made.key}.label"] = Value(value=made.label, unit="", text=made.label, evidence=[])
        named[f"{PREFIX}{made.key}.required"] = made.required
        named[f"{PREFIX}{made.key}.actual"] = made.actual
        named[f"{PREFIX}{made.key}.status"] = Value(
            value=status_of(made.status), unit="", text=made.status, evidence=evidence
        )
        named[f"{PREFIX}{made.key}.how"] = _how(made)
    return named


def _how(made: Assessment) -> Value:
    """Keep the comparison, with the derivation of what is required before it."""
    how = "; ".join(dict.fromkeys(part for part in (made.derivation, made.how) if part))
    return Value(value=how, unit="", text=how, evidence=[])


def repeated(stated: Value, how: str) -> Claim:
    """Claim what was found; a figure that was worked out, and stands in no source, shows its derivation."""
    if not stated["evidence"]:
        return claim(stated["text"], "open")
    worked_out = unsupported_figures(stated["text"], [evidence["quote"] for evidence in stated["evidence"]], [])
    if not worked_out:
        return claim(stated["text"], "source", *stated["evidence"])
    shown = not unsupported_figures(stated["text"], [*(e["quote"] for e in stated["evidence"]), how], [])
    written = how if shown else "; hence ".join(part for part in (how, stated["text"]) if part)
    return claim(stated["text"], "computed", *stated["evidence"], how=written)


def assessments_in(values: Mapping[str, Value]) -> list[Assessment]:
    """Read the comparisons back from a section's values, in their order."""
    keys = [
        name[len(PREFIX) : -len(".status")] for name in values if name.startswith(PREFIX) and name.endswith(".status")
    ]
    return [_read(values, key) for key in keys]


def _read(values: Mapping[str, Value], key: str) -> Assessment:
    def named(part: str) -> Value:
        missing = Value(value=None, unit="", text="Not determined", evidence=[])
        return values.get(f"{PREFIX}{key}.{part}", missing)

    label = values.get(f"{PREFIX}{key}.label")
    plain = key.replace("_", " ").replace(".", ", ")
    status = values[f"{PREFIX}{key}.status"]
    return Assessment(
        key=key,
        label=label["text"] if label else plain[:1].upper() + plain[1:],
        required=named("required"),
        actual=named("actual"),
        status=status["text"],
        how=named("how")["text"],
    )
