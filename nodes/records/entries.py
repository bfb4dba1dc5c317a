"""Records as computations in Python use them: each asked field by field, with the places that it rests on. Pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, Evidence, claim
from quire.nodes.records.expressions import value_of
from quire.nodes.records.merging import merged
from quire.nodes.records.quantities import Quantity
from quire.nodes.records.record import Record
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.referring import spelled


class Entry(NamedTuple):
    """A record, asked field by field. A field that sources state in two ways is not stated."""

    record: Record
    kind: RecordType

    def text(self, name: str) -> str:
        """Give a field as its source writes it; empty if it is not stated."""
        field = self.record["fields"].get(name)
        return "" if field is None or field.get("otherwise") else field["text"]

    def choice(self, name: str) -> str:
        """Give which of its choices a field is; empty if it is not stated."""
        field = self.record["fields"].get(name)
        return "" if field is None or field.get("otherwise") else field["value"]

    def amount(self, name: str) -> Quantity | None:
        """Give a field as an amount; None if it is not stated or is none."""
        value = value_of(self.record, name, self.kind.fields)
        return value if isinstance(value, Quantity) else None

    def cited(self, *names: str) -> list[Evidence]:
        """Give the places of fields, each once; of those that are not stated none."""
        fields = [self.record["fields"][name] for name in names if name in self.record["fields"]]
        return each_once(field["evidence"] for field in fields)

    def said(self, name: str, text: str = "{}") -> Claim:
        """Claim a field in words that hold it; openly that it is not stated."""
        stated = self.text(name)
        if not stated:
            return claim("Not stated", "open")
        return claim(text.format(stated), "source", *self.cited(name))


class Records:
    """The records that a section may use, each thing once.

    Args:
        materials: of the section.

    """

    def __init__(self, materials: Materials) -> None:
        self._types = materials.record_types
        self._records = merged(materials.records["records"], materials.record_types)

    def of(self, kind: str) -> list[Entry]:
        """Give the records of a type, in the order of the sources."""
        return [Entry(record, self._types[kind]) for record in self._records if record["type"] == kind]

    def stating(self, kind: str, field: str, *choices: str) -> list[Entry]:
        """Give the records of a type of which a field is one of some choices."""
        return [entry for entry in self.of(kind) if entry.choice(field) in choices]

    def first(self, kind: str) -> Entry | None:
        """Give the first record of a type."""
        return next(iter(self.of(kind)), None)


def named(entries: Sequence[Entry], field: str, name: str) -> list[Entry]:
    """Give the records that name something, however it is spelled."""
    return [entry for entry in entries if entry.text(field) and spelled(entry.text(field)) == spelled(name)]


def each_once(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Leave out places that are named twice."""
    return list({(e["source"], e["address"], e["quote"]): e for e in evidence}.values())
