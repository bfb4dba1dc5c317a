"""What DBOS keeps of an attempt, as JSON. By itself it keeps pickles, and reading a pickle runs what it holds."""

from typing import Any, Final, NoReturn

from dbos import DBOSPortableJSONSerializer

from quire.nodes.faults import RecordFault
from quire.unpublished import read_pickles_with

JSON: Final = DBOSPortableJSONSerializer()


def refuse_pickles() -> None:
    """Have DBOS refuse pickles."""
    read_pickles_with(_refuse)


def _refuse(_serializer: Any, _written: str) -> NoReturn:
    raise RecordFault("a row of the engine is a pickle, which Quire neither writes nor reads")
