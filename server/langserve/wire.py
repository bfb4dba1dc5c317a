"""How LangServe's answers are written."""

import dataclasses
from collections.abc import Callable
from typing import Any

import orjson
from langgraph.types import Send
from langserve.serialization import WellKnownLCSerializer
from pydantic import BaseModel


class Serializer(WellKnownLCSerializer):
    """LangServe's serializer, but total: a stream must not die of a type it does not know.

    Its own falls over the first ``Send`` that a traced conditional edge gives (langserve 0.3.3: ``super()`` in a
    function of the module).
    """

    def dumps(self, obj: Any) -> bytes:
        """Write anything as JSON."""
        return orjson.dumps(obj, default=_plain, option=orjson.OPT_NON_STR_KEYS)


def _plain(value: Any) -> Any:
    """Put what is not JSON into JSON. An exception keeps its name only: its text may hold what it should not."""
    for kind, shown in _SHOWN.items():
        if isinstance(value, kind):
            return shown(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    return f"<{type(value).__module__}.{type(value).__qualname__}>"


_SHOWN: dict[type[Any], Callable[[Any], Any]] = {
    BaseModel: lambda model: model.model_dump(),
    Send: lambda send: {"node": send.node, "arg": send.arg},
    set: lambda items: sorted(items, key=str),
    frozenset: lambda items: sorted(items, key=str),
    bytes: lambda raw: raw.decode("utf-8", "replace"),
    BaseException: lambda fault: {"error": type(fault).__name__},
}
