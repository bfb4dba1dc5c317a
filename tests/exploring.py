"""Runs schemathesis: ``python tests/exploring.py run ADDRESS …``.

Its generator (hypothesis-jsonschema 0.23.1) asks a collection of hypothesis for ``more()``, which hypothesis 6.170
gives by iteration only. The release of schemathesis that no longer does so needs another jsonschema-rs than the
LangGraph server takes. Hence the method is given back here, in a process that does nothing else.

It also takes a query for a wrong one because of a parameter that never reaches the wire: an empty list, for one, is
left out of an address. Such cases are not made.
"""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from hypothesis.internal.conjecture.utils import many

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def more(self: Any) -> bool:
    """Begin the next element, if there is one."""
    if not self._iterated:
        self.__enter__()
        self._steps = iter(self)
    return next(self._steps, self) is None


def reaches_the_wire(_context: Any, case: Any) -> bool:
    """Tell whether every parameter of the query is part of the address that is asked for."""
    address = requests.Request("GET", "http://any.invalid/", params=case.query).prepare().url
    return set(case.query or {}) == set(parse_qs(urlsplit(address).query, keep_blank_values=True))


if __name__ == "__main__":
    many.more = more  # type: ignore[attr-defined]
    import schemathesis
    from schemathesis.cli import schemathesis as command

    schemathesis.hook("filter_case")(reaches_the_wire)
    schemathesis.serializer(WORD)(lambda _context, file: file if isinstance(file, bytes) else str(file).encode())
    command()
