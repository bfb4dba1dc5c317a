"""Runs schemathesis: ``python tests/exploring.py run ADDRESS …``.

Its generator (hypothesis-jsonschema 0.23.1) asks a collection of hypothesis for ``more()``, which hypothesis 6.170
gives by iteration only. The release of schemathesis that no longer does so needs another jsonschema-rs than the
LangGraph server takes. Hence the method is given back here, in a process that does nothing else.
"""

from typing import Any

from hypothesis.internal.conjecture.utils import many


def more(self: Any) -> bool:
    """Begin the next element, if there is one."""
    if not self._iterated:
        self.__enter__()
        self._steps = iter(self)
    return next(self._steps, self) is None


if __name__ == "__main__":
    many.more = more  # type: ignore[attr-defined]
    from schemathesis.cli import schemathesis

    schemathesis()
