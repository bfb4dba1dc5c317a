"""Traces over OpenTelemetry, by its conventions for generative AI: wherever a run is carried on, in whichever program.

A run is a trace. In it are its sections, in these their agents (``invoke_agent``), and in these their model calls
(``chat``). What failed has the status of an error and says of which kind. No span holds a word of a source or a draft.

Spans go where a program of one's own sends its spans, or else where the standard variables say.
"""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from quire.graphs.agents.section.events import SectionOpened
from quire.graphs.events import AgentFailed, RequestUnanswered, RunEnded, type_names
from quire.graphs.run.summary import CLOSED_AS
from quire.nodes.event_store.observing import Observer
from quire.nodes.event_store.port import Attempt, CallKey, Envelope
from quire.nodes.faults import BadInput

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

VARIABLES: Final = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
"""Either of them says where traces go."""
_NANOSECONDS: Final = 1_000_000_000
_PROVIDERS: Final = {"google_genai": "gcp.gemini", "azure_openai": "azure.ai.openai", "mistralai": "mistral_ai"}
"""Providers that the conventions call something else than LangChain does."""
_NO_AGENTS: Final = frozenset({"document", "section", "trial"})
"""What also emits events: the dispatchers."""


class _Key(NamedTuple):
    """What a span is of: a run, a section in it, an agent there."""

    run: str
    section: str = ""
    agent: str = ""


class Traces:
    """Turns what is observed into spans.

    Args:
        tracer: makes the spans.

    """

    def __init__(self, tracer: "Tracer") -> None:
        self._tracer = tracer
        self._open: dict[_Key, Span] = {}
        self._last: dict[_Key, int] = {}
        """By run and section: when its last event was, from which on the next agent is at work."""

    def happened(self, run: str, event: Envelope) -> None:
        """Begin or end the spans that an event belongs to."""
        kind, section, at = event["type"], event["section"] or "", _nanoseconds(event["at"])
        if event["agent"] not in _NO_AGENTS:
            self._agent_has_emitted(_Key(run, section, event["agent"]), event, at)
        if kind == SectionOpened.__name__:
            self._begin(_Key(run, section), f"section {section}", at, {"quire.epoch": event["epoch"]})
        elif kind in CLOSED_AS:
            self._end(_Key(run, section), at, CLOSED_AS[kind])
        elif kind == RunEnded.__name__:
            self._end_all(run, event["data"]["status"], at)
            return
        self._of_run(run, at)
        self._last[_Key(run, section)] = at

    def attempted(self, run: str, key: CallKey, attempt: Attempt, seconds: float) -> None:
        """Make a span of a model call."""
        end = time.time_ns()
        begun = end - int(seconds * _NANOSECONDS)
        around = self._agent(_Key(run, key.section, key.agent), begun)
        span = self._span(f"chat {attempt['model']}", begun, around, client=True)
        provider = attempt.get("provider", "")
        span.set_attributes({
            "quire.run": run, "quire.section": key.section, "quire.step": key.step,
            "gen_ai.operation.name": "chat", "gen_ai.provider.name": _PROVIDERS.get(provider, provider or "_OTHER"),
            "gen_ai.agent.name": key.agent, "gen_ai.request.model": attempt["model"],
            "gen_ai.usage.input_tokens": attempt["usage"]["prompt_tokens"],
            "gen_ai.usage.output_tokens": attempt["usage"]["completion_tokens"],
        })  # fmt: skip
        if "answered_by" in attempt:
            span.set_attribute("gen_ai.response.model", attempt["answered_by"])
        if "finish_reason" in attempt:
            span.set_attribute("gen_ai.response.finish_reasons", [attempt["finish_reason"]])
        if cached := attempt["usage"].get("cached_tokens"):
            span.set_attribute("gen_ai.usage.cache_read.input_tokens", cached)
        if attempt["ended"] != "ok":
            _fail(span, attempt["kind"])
        span.end(end)

    def _agent_has_emitted(self, key: _Key, event: Envelope, at: int) -> None:
        """End the span of an agent that has done what it was invoked for; of one that asked no model, make it too."""
        self._agent(key, self._last.get(_Key(key.run, key.section), at))
        span = self._open.pop(key)
        if event["type"] in type_names(AgentFailed, RequestUnanswered):
            _fail(span, event["data"]["code"])
        span.set_attribute("quire.event", event["type"])
        span.end(at)

    def _agent(self, key: _Key, at: int) -> "Span":
        """Give the span of an agent at work; it is begun with its first model call, or when it has emitted."""
        if key not in self._open:
            since = max(self._last.get(_Key(key.run, key.section), at), 0)
            around = self._open.get(_Key(key.run, key.section)) or self._of_run(key.run, at)
            self._open[key] = span = self._span(f"invoke_agent {key.agent}", min(since, at), around)
            span.set_attributes({
                "quire.run": key.run, "quire.section": key.section,
                "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": key.agent,
            })  # fmt: skip
        return self._open[key]

    def _of_run(self, run: str, at: int) -> "Span":
        """Give the run's span; one that is carried on after a restart begins a new one."""
        key = _Key(run)
        if key not in self._open:
            self._open[key] = span = self._span("document", at, None)
            span.set_attribute("quire.run", run)
        return self._open[key]

    def _begin(self, key: _Key, name: str, at: int, more: Mapping[str, Any]) -> None:
        self._open[key] = span = self._span(name, at, self._of_run(key.run, at))
        span.set_attributes({"quire.run": key.run, "quire.section": key.section, **more})

    def _end_all(self, run: str, status: str, at: int) -> None:
        within = [key for key in self._open if key.run == run]
        for key in sorted(within, key=lambda key: -len([part for part in key if part])):  # the innermost first
            self._end(key, at, "ended with the run" if key.section or key.agent else status)
        self._last = {key: at for key, at in self._last.items() if key.run != run}

    def _end(self, key: _Key, at: int, status: str) -> None:
        if (span := self._open.pop(key, None)) is not None:
            span.set_attribute("quire.status", status)
            if status == "failed":
                _fail(span, status)
            span.end(at)

    def _span(self, name: str, at: int, around: "Span | None", *, client: bool = False) -> "Span":
        from opentelemetry.trace import SpanKind, set_span_in_context  # noqa: PLC0415 - an optional package

        context = None if around is None else set_span_in_context(around)
        kind = SpanKind.CLIENT if client else SpanKind.INTERNAL
        return self._tracer.start_span(name, context=context, start_time=at, kind=kind)


def tracing() -> Sequence[Observer]:
    """Give what traces runs, if this program sends traces or the environment asks for them.

    Raises:
        BadInput: they are asked for, and the packages are not installed.

    """
    if not (_asked_for(os.environ) or _has_provider()):
        return ()
    try:
        from opentelemetry import trace  # noqa: PLC0415 - optional

        if not _has_provider():
            trace.set_tracer_provider(_provider())
    except ImportError:
        hint = "install quire-documents[otel]"
        raise BadInput("traces are asked for and cannot be sent", field=VARIABLES[0], hint=hint) from None
    return (Traces(trace.get_tracer("quire")),)


def _asked_for(environment: Mapping[str, str]) -> bool:
    off = (
        environment.get("OTEL_SDK_DISABLED", "").lower() == "true" or environment.get("OTEL_TRACES_EXPORTER") == "none"
    )
    return not off and any(environment.get(name) for name in VARIABLES)


def _has_provider() -> bool:
    """Whether this program says itself where its spans go; who has not imported the package has not."""
    if "opentelemetry.sdk.trace" not in sys.modules:
        return False
    from opentelemetry import trace  # noqa: PLC0415 - optional
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - optional

    return isinstance(trace.get_tracer_provider(), TracerProvider)


def _provider() -> Any:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - optional
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - optional
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - optional
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - optional

    name = {} if "OTEL_SERVICE_NAME" in os.environ else {"service.name": "quire"}
    provider = TracerProvider(resource=Resource.create(name))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider


def _fail(span: "Span", kind: str) -> None:
    from opentelemetry.trace import Status, StatusCode  # noqa: PLC0415 - an optional package

    span.set_attribute("error.type", kind)
    span.set_status(Status(StatusCode.ERROR))


def _nanoseconds(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp() * _NANOSECONDS)
