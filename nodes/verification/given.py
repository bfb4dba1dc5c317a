"""Claims as a file or a request gives them: ``{"claim": "…", "evidence": ["…", {"text": "…", "source": "…"}]}``."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from quire.nodes.decode.strict_json import parse
from quire.nodes.evidence.content import Evidence
from quire.nodes.faults import BadInput, BadInputs

FIELDS = ("source", "heading", "header", "label", "what", "date", "status")
"""What an evidence may say of itself, besides its text."""
MOST_LETTERS = 200_000
"""Of a claim and its evidence together."""


class GivenClaim(NamedTuple):
    """A claim and what it rests on."""

    claim: str
    evidence: list[Evidence]
    names: tuple[str, ...] = ()
    """What reasons call each evidence; ``E1``, ``E2`` … if not given."""


def claims_in(text: str, file: str) -> list[GivenClaim]:
    """Read JSON lines; empty ones are left out.

    Raises:
        BadInput: of all lines at once, each with file, line and field.

    """
    found: list[GivenClaim] = []
    faults: list[BadInput] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(given_claim(parse(line, file).value))
        except BadInput as fault:
            faults.append(BadInput(fault.problem, file=file, line=number, field=fault.field, hint=fault.hint))
    if faults:
        raise BadInputs(faults)
    if not found:
        raise BadInput(
            "holds no claim", file=file, hint='write one JSON object a line: {"claim": "…", "evidence": ["…"]}'
        )
    return found


def given_claim(value: Any) -> GivenClaim:
    """Check one claim.

    Raises:
        BadInput: with the field.

    """
    if not isinstance(value, Mapping):
        raise BadInput("is no object", hint='write {"claim": "…", "evidence": ["…"]}')
    unknown = [key for key in value if key not in ("claim", "evidence")]
    if unknown:
        raise BadInput("is no field of a claim", field=str(unknown[0]), hint="claim and evidence are")
    claim, evidence = value.get("claim"), value.get("evidence")
    if not isinstance(claim, str) or not claim.strip():
        raise BadInput("must be a sentence", field="claim")
    if not isinstance(evidence, list):
        raise BadInput("must be a list of texts", field="evidence")
    made = [_evidence(one, f"evidence[{n}]") for n, one in enumerate(evidence)]
    if len(claim) + sum(len(one["quote"]) for one in made) > MOST_LETTERS:
        raise BadInput(f"claim and evidence have more than {MOST_LETTERS:,} letters", hint="give only what it rests on")
    return GivenClaim(" ".join(claim.split()), made)


def _evidence(value: Any, field: str) -> Evidence:
    if isinstance(value, str):
        value = {"text": value}
    if not isinstance(value, Mapping) or not isinstance(value.get("text"), str):
        raise BadInput('must be a text, or an object with a "text"', field=field)
    made = Evidence(source=str(value.get("source") or ""), address="", quote=value["text"], hash="")
    for key, said in _fields(value, field):
        made[key] = said  # type: ignore[literal-required]  # one of FIELDS
    return made


def _fields(value: Mapping[str, Any], field: str) -> Iterator[tuple[str, str]]:
    for key, said in value.items():
        if key == "text":
            continue
        if key not in FIELDS:
            raise BadInput("is no field of an evidence", field=f"{field}.{key}", hint=f"text, {', '.join(FIELDS)} are")
        if not isinstance(said, str):
            raise BadInput("must be a text", field=f"{field}.{key}")
        if said:
            yield key, said
