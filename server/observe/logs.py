"""Logs as lines of JSON: what happened to which run and section. No line holds a word of a source, a draft or a key.

What an exception says may hold any of these; so it is logged by its type and the places it went through.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, Final

from quire.graphs.events import AgentFailed, RequestUnanswered, is_a
from quire.nodes.event_store.port import Attempt, CallKey, Envelope
from quire.nodes.faults import Fault

FIELDS: Final = ("run", "section", "epoch", "agent", "event", "n", "model", "kind", "code", "seconds")
"""What a line may hold beside its message."""
_log = logging.getLogger("quire")


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Write it."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "logger": record.name}
        line["message"] = record.getMessage()
        line |= {name: getattr(record, name) for name in FIELDS if getattr(record, name, None) is not None}
        if record.exc_info and record.exc_info[1] is not None:
            line["fault"] = _fault(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


class EventLog:
    """Logs what is observed."""

    def happened(self, run: str, event: Envelope) -> None:
        """Log an event, without its data."""
        said = {"run": run, "section": event["section"], "epoch": event["epoch"], "agent": event["agent"]}
        said |= {"event": event["type"], "n": event["n"]}
        if is_a(event, AgentFailed, RequestUnanswered):
            _log.warning("an agent gave up", extra=said | {"code": event["data"]["code"]})
        else:
            _log.info("event", extra=said)

    def attempted(self, run: str, key: CallKey, attempt: Attempt, seconds: float) -> None:
        """Log an attempt at a model call."""
        said = {"run": run, "section": key.section, "epoch": key.epoch, "agent": key.agent}
        said |= {"model": attempt["model"], "kind": attempt["kind"], "seconds": round(seconds, 3)}
        level = logging.INFO if attempt["ended"] == "ok" else logging.WARNING
        _log.log(level, "model call", extra=said)


def configure() -> None:
    """Send all logs of this process to the standard error as lines of JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in ("quire", "uvicorn"):
        logging.getLogger(name).setLevel(logging.INFO)


def _fault(fault: BaseException) -> dict[str, Any]:
    """Say of a fault what is safe: its type, where it went, and its words if they are ours."""
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(fault.__traceback__)]
    said = {"type": type(fault).__name__, "places": places}
    return said | ({"said": str(fault)} if isinstance(fault, Fault) else {})
