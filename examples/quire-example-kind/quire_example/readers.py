"""A reader of `.visits` files: a line for each visit."""

from quire import Gathering, SourceKind


def read_visits(name: str, data: bytes) -> Gathering:
    """Make a passage of each line."""
    gathering = Gathering(name)
    for number, line in enumerate(data.decode().splitlines(), 1):
        gathering.add(f"line {number}", line)
    return gathering


READERS = {".visits": SourceKind("text/x-visits", "quire_example.readers:read_visits")}
