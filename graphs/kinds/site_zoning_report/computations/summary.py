"""Executive summary and conformance matrix: what the sections found, in their own figures."""

import re
from collections.abc import Iterator, Mapping, Sequence

from quire.graphs.kinds.site_zoning_report.computations.assessment import PREFIX, Assessment, assessments_in, repeated
from quire.graphs.kinds.site_zoning_report.computations.particulars import fact, stated
from quire.graphs.kinds.site_zoning_report.computations.statuses import STATUSES, status_of
from quire.nodes.computations.blocks import counted, heading, listed, listing, note, paragraph, section, table, value
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, Evidence, SectionContent, Value, claim

_TOLD = {
    "Conforming": "conform",
    "Conforming subject to": "conform subject to an approval",
    "Legal nonconforming": "are lawfully nonconforming",
    "Nonconforming": "do not conform",
    "Indeterminate": "are not determined",
}
_ONE = {
    "Conforming": "conforms",
    "Conforming subject to": "conforms subject to an approval",
    "Legal nonconforming": "is lawfully nonconforming",
    "Nonconforming": "does not conform",
    "Indeterminate": "is not determined",
}
_NO_MATRIX = "No standard could be compared with the site; conformance is not determined."


def compute(materials: Materials) -> SectionContent:
    """Sum up zoning, use and conformance, name the heaviest matters, and set out the matrix."""
    values = {name: v for content in materials.inputs.values() for name, v in content["values"].items()}
    made = [a for content in materials.inputs.values() for a in assessments_in(content["values"])]
    missing = [
        name for s in materials.section.get("after", []) if (name := s.partition(".")[0]) not in materials.inputs
    ]
    blocks = [
        paragraph(*_site(materials, values)),
        paragraph(*_use(materials, values)),
        paragraph(*_counts(made)),
        *_heaviest(values),
        *_left_out(missing),
        heading("Conformance matrix"),
        _matrix(made) if made else note(claim(_NO_MATRIX, "open"), level="warning"),
    ]
    counts = {f"summary.{_slug(status)}": value(str(number), figure=number) for status, number in _tally(made).items()}
    return section(blocks, counts)


def _slug(status: str) -> str:
    return status.lower().replace(" ", "_")


def _tally(made: Sequence[Assessment]) -> dict[str, int]:
    return {status: sum(status_of(a.status) == status for a in made) for status in STATUSES}


def _site(materials: Materials, values: Mapping[str, Value]) -> Iterator[Claim]:
    address = fact(materials, "address")
    code, name = values.get("district.code"), values.get("district.name")
    district = _district(code, name)
    if district:
        text = f"{address or 'The site'} lies in the {district}."
        evidence = [e for v in (code, name) if v for e in v["evidence"]]
        yield claim(text, "computed", *evidence, how=_quoting(evidence))
    else:
        yield claim("The zoning district of the site is not determined.", "open")
    overlays, edition = values.get("overlay.names"), values.get("ordinance.edition")
    if overlays and overlays["text"]:
        yield claim(
            f"Overlays: {overlays['text']}.", "computed", *overlays["evidence"], how=_quoting(overlays["evidence"])
        )
    if edition and edition["text"]:
        text = f"The code was read in this edition: {edition['text'].rstrip('.')}."
        yield claim(text, "computed", *edition["evidence"], how=_quoting(edition["evidence"]))
    if as_of := stated(materials, "research_date", "The research is effective as of {}."):
        yield as_of


def _district(code: Value | None, name: Value | None) -> str:
    """Name the district with its symbol, once."""
    symbol, full = (v["text"] if v else "" for v in (code, name))
    if not full or symbol in full.split():
        return full or (f"{symbol} district" if symbol else "")
    return f"{symbol} {full}".strip()


def _use(materials: Materials, values: Mapping[str, Value]) -> Iterator[Claim]:
    status = values.get("standard.use_proposed.status") or values.get("use.proposed.status")
    use = fact(materials, "proposed_use")
    if status and use:
        text = f"The proposed use, {use[:1].lower()}{use[1:]}, is {_begin(status['text'])}."
        yield claim(text, "computed", *status["evidence"], how=_how_of("use_proposed", values, status))
    elif use:
        text = f"Whether the proposed use, {use[:1].lower()}{use[1:]}, is allowed is not determined."
        yield claim(text, "open")
    existing = values.get("standard.use_existing.status")
    if existing:
        text = f"The existing use is {_begin(existing['text'])}."
        yield claim(text, "computed", *existing["evidence"], how=_how_of("use_existing", values, existing))


def _how_of(key: str, values: Mapping[str, Value], status: Value) -> str:
    how = values.get(f"{PREFIX}{key}.how")
    return how["text"] if how and how["text"] else _quoting(status["evidence"])


def _quoting(evidence: Sequence[Evidence]) -> str:
    """Give the words of the sources that a statement sums up."""
    return "; ".join(dict.fromkeys(f"{e['address']}: “{e['quote']}”" for e in evidence)) or "no words of a source"


def _begin(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")


def _counts(made: Sequence[Assessment]) -> Iterator[Claim]:
    if not made:
        return
    tally = {status: number for status, number in _tally(made).items() if number}
    parts = [f"{number} {(_ONE if number == 1 else _TOLD)[status]}" for status, number in tally.items()]
    text = f"Of {counted(len(made), 'standard')} compared, {listed(parts)}."
    how = f"{len(made)} rows of the conformance matrix, by status: " + ", ".join(f"{s} {n}" for s, n in tally.items())
    yield claim(text, "computed", how=how)


def _heaviest(values: Mapping[str, Value]) -> Iterator[Block]:
    """Name the findings of the highest weights, as the findings number them."""
    found = [(name, v) for name, v in values.items() if re.fullmatch(r"finding\.\d+", name)]
    heavy = [(name, v) for name, v in found if v["value"] in {"High", "Medium"}]
    if heavy:
        yield heading("Principal matters")
        yield listing(_point(v, values[f"{name}.status"]["text"], values[f"{name}.how"]["text"]) for name, v in heavy)


def _point(found: Value, status: str, how: str) -> Claim:
    stated_again = Value(value=None, unit="", text=f"{found['text']} ({status}).", evidence=found["evidence"])
    return repeated(stated_again, how)


def _left_out(missing: Sequence[str]) -> Iterator[Block]:
    if missing:
        text = f"Not completed elsewhere, and so not determined in this summary: {listed(missing)}."
        yield note(claim(text, "open"), level="warning")


def _matrix(made: Sequence[Assessment]) -> Block:
    return table("Conformance matrix", ["Standard", "Required", "Actual", "Status", "Code"], map(_row, made))


def _row(made: Assessment) -> list[Claim]:
    evidence = [*made.required["evidence"], *made.actual["evidence"]]
    return [
        claim(made.label, "fixed"),
        repeated(made.required, made.how),
        repeated(made.actual, made.how),
        claim(made.status, "computed", *evidence, how="" if evidence else made.how, status=made.status),
        _citation(made),
    ]


def _citation(made: Assessment) -> Claim:
    """Cite the section of the code, or where the code has none, the place in it."""
    places = [e["address"].partition(",")[0] for e in made.required["evidence"] if e["source"] != "brief"]
    named = [place for place in places if place.startswith("§")] or places
    if not named:
        return claim("None found", "open")
    return claim("; ".join(dict.fromkeys(named)), "source", *made.required["evidence"])
