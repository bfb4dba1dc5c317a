"""Asking a model for records that stand in running text: what is asked, and what its reply says. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from quire.nodes.evidence.content import Evidence
from quire.nodes.language.catalogue import Words
from quire.nodes.model.material import material
from quire.nodes.model.request import Fenced, Request
from quire.nodes.records.candidates import Candidate, Said
from quire.nodes.records.record_types import FieldSpec, RecordType
from quire.nodes.records.referring import Names
from quire.nodes.records.verifying import Refusal
from quire.nodes.search.pack import Survey, whole
from quire.nodes.sources.passage import Reading

RECORDS = "records"
"""What the reply is called."""
MOST_EVIDENCE = 8_000
"""Tokens of sources in one request at most: beyond, the reply that they call for would be cut short."""
_MOST_TOKENS = 12_000
_MOST_RECORDS = 200
_MOST_NAMES = 300
_BYTES_PER_TOKEN = 4
_TAKEN = {"heading": "the heading above it", "source": "the title of its source"}
_IS = {
    "text": "words",
    "number": "a number with its unit",
    "date": "a date, with its time of day where one is stated",
    "reference": "one of the names that are listed for it, copied exactly",
}
_ONE_PER = {
    "heading": "what stands under one heading",
    "source": "a source",
    "mention": "each mention, be it several in one passage",
}


class Mending(NamedTuple):
    """Records that code refused, and why."""

    said: Sequence[Candidate]
    refusals: Sequence[Refusal]
    """With the numbers of these."""


def batches(readings: Sequence[Reading], survey: Survey, budget: int) -> list[list[Evidence]]:
    """Quote sources in batches that fit a budget of tokens: whole sources where they fit, else parts in their order."""
    found: list[list[Evidence]] = []
    spent = 0
    for reading in readings:
        said = whole([reading], survey)
        size = sum(map(_tokens, said))
        if not found or spent + size > budget:
            found.append([])
            spent = 0
        for evidence in said:
            if found[-1] and spent + _tokens(evidence) > budget:
                found.append([])
                spent = 0
            found[-1].append(evidence)
            spent += _tokens(evidence)
    return [batch for batch in found if batch]


def _tokens(evidence: Evidence) -> int:
    return 6 + len(evidence["quote"].encode()) // _BYTES_PER_TOKEN


def request_records(
    kind: RecordType,
    names: Names,
    evidence: Sequence[Evidence],
    models: tuple[str, str | None],
    system: str,
    words: Words,
    mending: Mending | None = None,
) -> Request:
    """Ask for the records of one type in some passages.

    Args:
        kind: the type.
        names: what its references may name.
        evidence: the passages.
        models: who is asked, and who instead.
        system: our instructions.
        words: of the language in which reasons are told.
        mending: what is sent back.

    """
    asked: list[str | Fenced] = [
        f"Find: {kind.title}. {kind.description}".strip(),
        f"One record for {_ONE_PER['mention' if kind.one_per == 'row' else kind.one_per]}. Its fields:",
        "\n".join(_described(name, spec) for name, spec in kind.fields.items() if spec.take == "value"),
        *(part for name, spec in kind.fields.items() if spec.to for part in _names_for(name, spec, names)),
    ]
    if mending:
        asked += [
            "These of your records were refused. Give each again so that it holds, or leave it out; give no others.",
            Fenced("refused", "\n".join(_refused(mending, kind, words))),
        ]
    return Request(
        model=models[0],
        fallback_model=models[1],
        system=system,
        user=tuple(asked),
        evidence=material(evidence),
        schema=_schema(kind, len(evidence)),
        schema_name=RECORDS,
        max_tokens=_MOST_TOKENS,
    )


def _described(name: str, spec: FieldSpec) -> str:
    what = _IS.get(spec.type, "")
    if spec.type == "choice":
        each = (f"{choice} ({', '.join(words)})" if words else choice for choice, (_, *words) in spec.wordings.items())
        what = f"one of {'; '.join(each)}"
    unit = f", in {spec.unit} where the passage says no unit" if spec.unit else ""
    key = ", which says what it is a record of" if spec.key else ""
    return f"- {name}: {what}{unit}{key}. {spec.description}".strip()


def _names_for(name: str, spec: FieldSpec, names: Names) -> Iterable[str | Fenced]:
    """List what a reference may name; the names stand in sources."""
    listed = [named.text for named in names.get(spec.to or "", {}).values()]
    yield f"What {name} may name:"
    yield Fenced(name, "\n".join([*listed, *spec.choices][:_MOST_NAMES]))


def _refused(mending: Mending, kind: RecordType, words: Words) -> Iterable[str]:
    by_record: dict[int, list[str]] = {}
    for refusal in mending.refusals:
        name = refusal.field
        field = kind.fields[name].called(name) if name in kind.fields else kind.title
        why = words(f"records.refused.{refusal.reason}", field=field, text=refusal.text, where=refusal.address)
        by_record.setdefault(refusal.number, []).append(why)
    for number, reasons in by_record.items():
        said = mending.said[number].model_dump(mode="json", exclude_none=True)
        yield f"{json.dumps(said, ensure_ascii=False)}\n  refused: {'; '.join(reasons)}"


def _schema(kind: RecordType, passages: int) -> Mapping[str, Any]:
    number = {"type": "integer", "minimum": 1, "maximum": passages}
    field = {
        "name": {"type": "string", "enum": [name for name, spec in kind.fields.items() if spec.take == "value"]},
        "value": {"type": "string", "minLength": 1, "maxLength": 1_000},
        "quote": {"type": "string", "maxLength": 1_000},
        "passage": number,
        "column": {"type": "string", "maxLength": 200},
    }
    record = {
        "passage": number,
        "quote": {"type": "string", "maxLength": 2_000},
        "fields": {"type": "array", "items": _object(field), "minItems": 1, "maxItems": len(kind.fields)},
    }
    records = {"type": "array", "items": _object(record), "maxItems": _MOST_RECORDS}
    return _object({"records": records})


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def candidates_of(reply: Mapping[str, Any], evidence: Sequence[Evidence]) -> list[Candidate]:
    """Read the records that a reply names, each with the addresses of the passages that it names by number."""
    return [_candidate(said, evidence) for said in reply["records"]]


def _candidate(said: Mapping[str, Any], evidence: Sequence[Evidence]) -> Candidate:
    place = evidence[said["passage"] - 1]
    fields: dict[str, Said] = {}
    for field in said["fields"]:
        at = evidence[field["passage"] - 1]
        elsewhere = (at["source"], at["address"]) != (place["source"], place["address"])
        fields.setdefault(
            field["name"],
            Said(
                value=field["value"],
                quote=field["quote"] or None,
                address=at["address"] if elsewhere else None,
                header=field["column"] or None,
            ),
        )
    return Candidate(source=place["source"], address=place["address"], quote=said["quote"] or None, fields=fields)
