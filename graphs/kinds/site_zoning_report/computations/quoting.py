"""Requirements in the code's own words, each with its chapter and section."""

from collections.abc import Iterable, Sequence

from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision
from quire.nodes.evidence.content import Block, Evidence, claim

_LONGEST = 900
"""Characters of a quotation; of a longer provision only the sentence that counts is quoted."""


def quotation(provision: Provision, quote: str = "") -> Block:
    """Quote a provision, or words of it, with the place where it stands."""
    evidence = provision.evidence(quote)
    return Block(
        kind="quote",
        claims=[claim(evidence["quote"], "source", evidence), claim(f"({provision.where})", "source", evidence)],
    )


def quotations(code: Sequence[Provision], cited: Iterable[Evidence]) -> list[Block]:
    """Quote what the evidence cites: sentences as they stand; for cells of a table the words that introduce it."""
    quoted: dict[tuple[str, str, str], Block] = {}
    for evidence in cited:
        provision = _provision_of(code, evidence)
        if provision is None:
            continue
        if provision.passage["kind"] == "text":
            whole = provision.text if len(provision.text) <= _LONGEST else evidence["quote"]
            quoted.setdefault((evidence["source"], evidence["address"], ""), quotation(provision, whole))
        elif provision.passage["kind"] == "row" and (intro := introducing(code, provision)):
            quoted.setdefault((evidence["source"], intro.passage["address"], ""), quotation(intro))
    return list(quoted.values())


def _provision_of(code: Iterable[Provision], evidence: Evidence) -> Provision | None:
    for provision in code:
        address = provision.passage["address"]
        here = evidence["address"] == address or evidence["address"].startswith(f"{address}, ")
        if provision.reading["source"] == evidence["source"] and here:
            return provision
    return None


def introducing(code: Iterable[Provision], row: Provision) -> Provision | None:
    """Find the paragraph that introduces a table: the last of its section before it that is no mere caption."""
    found = None
    for provision in code:
        if provision is row:
            return found
        same = provision.reading is row.reading and provision.section == row.section and row.section
        if same and provision.passage["kind"] == "text" and provision.text.rstrip().endswith((".", ":")):
            found = provision
    return None
