"""Traces over OpenTelemetry, where its standard variables are set and its packages are installed.

A run is a trace; its sections and its model calls are spans. No span holds a word of a source or of a draft.
"""

import os
import time
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from quire.graphs.agents.section.events import SectionOpened
from quire.graphs.events import RunEnded
from quire.graphs.run.summary import CLOSED_AS
from quire.nodes.event_store.port import Attempt, CallKey, Envelope
from quire.nodes.faults import BadInput

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

VARIABLES: Final = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
"""Either of them says where traces go."""
_NANOSECONDS: Final = 1_000_000_000


def wanted(environment: Mapping[str, str]) -> bool:
    """Whether the environment asks for traces."""
    off = (
        environment.get("OTEL_SDK_DISABLED", "").lower() == "true" or environment.get("OTEL_TRACES_EXPORTER") == "none"
    )
    return not off and any(environment.get(name) for name in VARIABLES)


class Traces:
    """Turns what is observed into spans.

    Args:
        tracer: makes the spans.

    """

    def __init__(self, tracer: "Tracer") -> None:
        self._tracer = tracer
        self._open: dict[tuple[str, str], Span] = {}
        """By run and section; the run itself under no section."""

    def happened(self, run: str, event: Envelope) -> None:
        """Begin or end the span that an event belongs to."""
        kind, section, at = event["type"], event["section"] or "", _nanoseconds(event["at"])
        if kind == SectionOpened.__name__:
            self._begin(run, section, at, {"quire.epoch": event["epoch"]})
        elif kind in CLOSED_AS:
            self._end((run, section), at, CLOSED_AS[kind])
        elif kind == RunEnded.__name__:
            for key in [key for key in self._open if key[0] == run and key[1]]:
                self._end(key, at, "ended with the run")
            self._end((run, ""), at, event["data"]["status"])
        else:
            self._of_run(run, at)

    def attempted(self, run: str, key: CallKey, attempt: Attempt, seconds: float) -> None:
        """Make a span of a model call."""
        end = time.time_ns()
        around = self._open.get((run, key.section)) or self._of_run(run, end)
        span = self._span("model call", end - int(seconds * _NANOSECONDS), around)
        span.set_attributes({
            "quire.run": run, "quire.section": key.section, "quire.agent": key.agent, "quire.step": key.step,
            "gen_ai.request.model": attempt["model"], "quire.kind": attempt["kind"],
            "gen_ai.usage.input_tokens": attempt["usage"]["prompt_tokens"],
            "gen_ai.usage.output_tokens": attempt["usage"]["completion_tokens"],
        })  # fmt: skip
        span.end(end)

    def _of_run(self, run: str, at: int) -> "Span":
        """Give the run's span; one that is carried on after a restart begins a new one."""
        if (run, "") not in self._open:
            self._open[run, ""] = span = self._span("document", at, None)
            span.set_attribute("quire.run", run)
        return self._open[run, ""]

    def _begin(self, run: str, section: str, at: int, more: Mapping[str, Any]) -> None:
        self._open[run, section] = span = self._span("section", at, self._of_run(run, at))
        span.set_attributes({"quire.run": run, "quire.section": section, **more})

    def _end(self, key: tuple[str, str], at: int, status: str) -> None:
        if (span := self._open.pop(key, None)) is not None:
            span.set_attribute("quire.status", status)
            span.end(at)

    def _span(self, name: str, at: int, around: "Span | None") -> "Span":
        from opentelemetry.trace import set_span_in_context  # noqa: PLC0415 - an optional package

        context = None if around is None else set_span_in_context(around)
        return self._tracer.start_span(name, context=context, start_time=at)


def exporting() -> Traces:
    """Send traces to where the environment says.

    Raises:
        BadInput: the packages are not installed.

    """
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - optional
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - optional
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - optional
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - optional
    except ImportError:
        raise BadInput(
            "traces are asked for and cannot be sent", field=VARIABLES[0], hint="install quire[otel]"
        ) from None
    name = {} if "OTEL_SERVICE_NAME" in os.environ else {"service.name": "quire"}
    provider = TracerProvider(resource=Resource.create(name))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return Traces(provider.get_tracer("quire"))


def _nanoseconds(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp() * _NANOSECONDS)
