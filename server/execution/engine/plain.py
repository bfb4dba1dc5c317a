"""What DBOS keeps of a leg, as JSON. By itself it keeps pickles, and a pickle runs what it holds when it is read."""

from typing import Final, NoReturn

from dbos import DBOSPortableJSONSerializer
from dbos._serialization import DefaultSerializer  # it has no public name

from quire.nodes.faults import RecordFault

JSON: Final = DBOSPortableJSONSerializer()


def refuse_pickles() -> None:
    """Have DBOS refuse pickles: it reads a row as the row itself demands, whatever it is configured for."""
    DefaultSerializer.deserialize = _refuse  # type: ignore[method-assign, assignment] # DBOS takes this class for such rows, whatever it is given


def _refuse(_serializer: DefaultSerializer, _written: str) -> NoReturn:
    raise RecordFault("a row of the engine is a pickle, which Quire neither writes nor reads")
