"""What Prometheus is told: runs, sections, model calls, tokens, cost, waits, faults. No tenant, no id, no text."""

from datetime import datetime
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from quire.graphs.agents.editor.events import SectionReopened
from quire.graphs.agents.planner.events import SectionPlanned
from quire.graphs.agents.section.events import SectionOpened
from quire.graphs.events import AgentFailed, AnswerGiven, DocumentRequested, RequestUnanswered, RunEnded, type_names
from quire.graphs.run.approvals import ASKING
from quire.graphs.run.summary import CLOSED_AS
from quire.nodes.event_store.port import Attempt, CallKey, Envelope

MEDIA: Final = "text/plain; version=0.0.4; charset=utf-8"
_MOST_MODELS: Final = 50
"""Names of models that are told apart: a brief may name any."""
_TOKENS: Final = (1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576)
"""As OpenTelemetry's conventions for generative AI have them."""
_SECONDS: Final = (0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 3_600, 86_400)


class Metrics:
    """Counts what is observed, over all runs that this process carries on."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call] # the library has no types for it
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._runs_begun = Counter("quire_runs_begun", "Runs begun.", registry=self._registry)
        self._runs = self._counter("quire_runs_ended", "Runs ended, by how.", "status")
        self._sections = self._counter("quire_sections_closed", "Sections closed, by how.", "status")
        self._events = self._counter("quire_events", "Events journalled.", "type")
        self._calls = self._counter("quire_model_attempts", "Attempts at model calls.", "model", "agent", "kind")
        self._tokens = self._counter("quire_model_tokens", "Tokens of model calls.", "model", "kind")
        self._usd = self._counter("quire_model_usd", "Dollars of model calls whose price is known.", "model")
        unpriced = "Attempts at model calls whose price is not known; no dollars are counted for them."
        self._unpriced = self._counter("quire_model_unpriced_attempts", unpriced, "model")
        self._faults = self._counter("quire_faults", "Agents that gave up.", "code", "agent")
        self._waits = Histogram(
            "quire_wait_seconds",
            "Waits: of a section for what it builds on, of a question for a person, of a call for its reply.",
            ("for",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._took = Histogram(
            "gen_ai_client_operation_duration_seconds",
            "Attempts at model calls, with their waits.",
            ("gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model", "error_type"),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._used = Histogram(
            "gen_ai_client_token_usage",
            "Tokens of attempts at model calls.",
            ("gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model", "gen_ai_token_type"),
            buckets=_TOKENS,
            registry=self._registry,
        )
        self._since: dict[tuple[str, str], str] = {}
        """By run and section or question: since when it waits."""
        self._models: set[str] = set()

    def happened(self, run: str, event: Envelope) -> None:
        """Count an event."""
        kind, section = event["type"], event["section"] or ""
        self._events.labels(kind).inc()
        if kind == DocumentRequested.__name__:
            self._runs_begun.inc()
        elif kind == RunEnded.__name__:
            self._runs.labels(event["data"]["status"]).inc()
            self._since = {key: at for key, at in self._since.items() if key[0] != run}
        elif kind in CLOSED_AS:
            self._sections.labels("stub" if event["data"].get("missing") else CLOSED_AS[kind]).inc()
        elif kind in type_names(AgentFailed, RequestUnanswered):
            self._faults.labels(event["data"]["code"], event["agent"]).inc()
        self._wait(run, event, section)

    def _wait(self, run: str, event: Envelope, section: str) -> None:
        kind = event["type"]
        if kind in type_names(SectionPlanned, SectionReopened):
            self._since[run, section] = event["at"]
        elif kind in ASKING and event["data"]["question"]:
            self._since[run, event["data"]["question"]] = event["at"]
        elif kind == SectionOpened.__name__:
            self._waited(run, section, event["at"], "section")
        elif kind == AnswerGiven.__name__:
            self._waited(run, event["data"]["question"], event["at"], "person")

    def _waited(self, run: str, what: str, until: str, reason: str) -> None:
        since = self._since.pop((run, what), None)
        if since is not None:
            span = datetime.fromisoformat(until) - datetime.fromisoformat(since)
            self._waits.labels(reason).observe(span.total_seconds())

    def attempted(self, run: str, key: CallKey, attempt: Attempt, seconds: float) -> None:
        """Count an attempt at a model call."""
        del run
        model, usage = self._model(attempt["model"]), attempt["usage"]
        self._calls.labels(model, key.agent, attempt["kind"]).inc()
        self._tokens.labels(model, "prompt").inc(usage["prompt_tokens"])
        self._tokens.labels(model, "completion").inc(usage["completion_tokens"])
        self._tokens.labels(model, "cached").inc(usage.get("cached_tokens", 0))
        if usage["usd"] is None:
            self._unpriced.labels(model).inc()
        else:
            self._usd.labels(model).inc(usage["usd"])
        self._waits.labels("reply").observe(seconds)
        asked = ("chat", attempt.get("provider", "_OTHER"), model)
        self._took.labels(*asked, "" if attempt["ended"] == "ok" else attempt["kind"]).observe(seconds)
        self._used.labels(*asked, "input").observe(usage["prompt_tokens"])
        self._used.labels(*asked, "output").observe(usage["completion_tokens"])

    def exposition(self) -> bytes:
        """Write all of it as Prometheus reads it."""
        return generate_latest(self._registry)

    def _model(self, name: str) -> str:
        if len(self._models) < _MOST_MODELS:
            self._models.add(name)
        return name if name in self._models else "other"

    def _counter(self, name: str, said: str, *labels: str) -> Counter:
        return Counter(name, said, labels, registry=self._registry)
