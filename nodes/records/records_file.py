"""Records as a file that a person corrects: YAML, by type, each value with the words that state it and their place."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from quire.nodes.language.catalogue import Words
from quire.nodes.language.places import place_in
from quire.nodes.records.record import FieldValue, Record, Refused
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.stated import titled_at

_WIDTH = 120


def written_file(
    records: Sequence[Record], refused: Sequence[Refused], types: Mapping[str, RecordType], words: Words
) -> str:
    """Write records, type by type, in the order of the sources; what was not accepted stands below as comments.

    Args:
        records: as they were read, one for each place.
        refused: what was not accepted, with the reasons.
        types: the types, by name.
        words: the fixed words of the language it is written in.

    """
    parts = [_comments(words("records.file"))]
    for name, kind in types.items():
        own = [said(record, kind) for record in records if record["type"] == name]
        parts.append(f"\n{_comments(kind.title)}{_dumped({name: own})}")
        parts.append(_comments("\n".join(_refused(r, kind, words) for r in refused if r["type"] == name)))
    return "".join(parts)


def said(record: Record, kind: RecordType) -> dict[str, Any]:
    """Give a record as a candidate: what its fields have in common is said once."""
    shared = _shared(record)
    fields = {name: _field(name, value, record, shared, kind) for name, value in record["fields"].items()}
    quoted = {"quote": shared} if shared else {}
    return {"source": record["source"], "address": record["address"], **quoted, "fields": fields}


def _shared(record: Record) -> str:
    """Give the words at the record's own place that most of its fields stand in; empty where each has its own."""
    quotes = Counter(
        value["evidence"]["quote"]
        for value in record["fields"].values()
        if value["evidence"]["address"] == record["address"] and "header" not in value["evidence"]
    )
    (quote, times), *_ = quotes.most_common(1) or [("", 0)]
    return quote if times > 1 else ""


def _field(name: str, value: FieldValue, record: Record, shared: str, kind: RecordType) -> Any:
    spec, at = kind.fields[name], value["evidence"]
    said_as = value["value"] if spec.type == "choice" and value["value"] else value["text"]
    if spec.take != "value" or spec.to:
        return said_as
    told = _Line(value=said_as)
    header = at.get("header", "")
    own_cell = bool(header) and at["address"].startswith(f"{record['address']}, ")
    if at["quote"] != (shared or said_as):
        told["quote"] = at["quote"]
    if at["address"] != record["address"] and not own_cell:
        told["address"] = at["address"]
    if own_cell and not titled_at(header, name, spec) and at["quote"] != header:
        told["header"] = header
    return told["value"] if set(told) == {"value"} else told


def _refused(one: Refused, kind: RecordType, words: Words) -> str:
    return words("records.file-refused", why=why_refused(one, kind, words))


def why_refused(one: Refused, kind: RecordType, words: Words) -> str:
    """Say in words why something was not accepted, and where."""
    field = kind.fields[one["field"]].called(one["field"]) if one["field"] in kind.fields else kind.title
    where = f"{one['source']}, {place_in(one['address'], words)}"
    return words(f"records.refused.{one['reason']}", field=field, text=one["text"], where=where)


def _comments(text: str) -> str:
    lines: Iterable[str] = (line for line in text.splitlines() if line.strip())
    return "".join(f"# {' '.join(line.split())}\n" for line in lines)


class _Line(dict[str, Any]):
    """What is written on one line."""


class _Writer(yaml.SafeDumper):
    """Writes fields on lines of their own."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Set the records of a type off from its name."""
        super().increase_indent(flow, False)


def _line(writer: yaml.SafeDumper, data: _Line) -> yaml.Node:
    return writer.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)


def _block(writer: yaml.SafeDumper, data: Mapping[str, Any]) -> yaml.Node:
    return writer.represent_mapping("tag:yaml.org,2002:map", data, flow_style=False)


_Writer.add_representer(_Line, _line)
_Writer.add_representer(dict, _block)


def _dumped(data: Mapping[str, Any]) -> str:
    written: str = yaml.dump(data, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return written
