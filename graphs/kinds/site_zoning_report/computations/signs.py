"""Signs: the rules that are for the district. The survey is not compared with them."""

import re
from collections.abc import Iterator, Sequence

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment
from quire.graphs.kinds.site_zoning_report.computations.items import Item
from quire.graphs.kinds.site_zoning_report.computations.names import Names
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision
from quire.graphs.kinds.site_zoning_report.computations.sited import Sited
from quire.graphs.kinds.site_zoning_report.computations.statuses import INDETERMINATE
from quire.nodes.computations.blocks import heading, listing
from quire.nodes.evidence.content import Block, Value, claim

_SIGNS = re.compile(r"\bsigns?\b|\bsignage\b", re.IGNORECASE)
_RESIDENTIAL = re.compile(r"\bresiden\w+|\bfamily\b|\bdwelling", re.IGNORECASE)
_MOST_SIGNS = 10


def rules_on_signs(code: Sequence[Provision], found: Sited) -> list[Provision]:
    """Find the rules on signs that are for the district: by its name, or by its being residential or not."""
    on_signs = [p for p in code if any(_SIGNS.search(title) for title in p.titles)]
    residential = bool(found.district and _RESIDENTIAL.search(f"{found.district.name} {found.district.where}"))
    kind = re.compile(
        r"\bresidential\s+districts?\b" if residential else r"\bnon-?residential\s+districts?\b", re.IGNORECASE
    )
    named = [p for p in on_signs if any(_names(found.names, t) or kind.search(t) for t in p.titles[1:])]
    return [p for p in named if p.passage["kind"] in {"text", "row"}][:_MOST_SIGNS]


def shown_signs(signs: Sequence[Provision]) -> Iterator[Block]:
    """List the rules, each with its section."""
    if signs:
        yield heading("Signs")
        yield listing(
            claim(f"Section {p.section}: {p.text}" if p.section else p.text, "source", p.evidence()) for p in signs
        )


def assess_signs(signs: Sequence[Provision], surveyed: Sequence[Item]) -> Assessment | None:
    """Say that signs were not compared with the rules, and why; nothing where there are no rules."""
    if not signs:
        return None
    surveyed_sign = any(_SIGNS.search(item.label) for item in surveyed)
    places = ", ".join(dict.fromkeys(f"Section {p.base}" for p in signs if p.base)) or signs[0].where
    text = "Surveyed; not compared" if surveyed_sign else "Not surveyed"
    return Assessment(
        key="signs",
        label="Signs",
        required=Value(value=None, unit="", text=f"As set out in {places}", evidence=[signs[0].evidence()]),
        actual=Value(value=None, unit="", text=text, evidence=[]),
        status=INDETERMINATE,
        how="signs were not surveyed" if not surveyed_sign else "the survey's signs are not compared with the rules",
    )


def _names(names: Names, title: str) -> bool:
    return names.in_title(title) or names.in_sentence(title)
