"""What becomes of a draft once every verdict is in. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from quire.graphs.agents.verifier.events import ClaimsVerified
from quire.graphs.events import AgentFailed, is_a
from quire.graphs.run.fates import DraftFate, Found, fate_of_draft
from quire.graphs.run.rounds import DraftsLeft
from quire.nodes.author.reading import for_readers
from quire.nodes.event_store.port import Envelope
from quire.nodes.language.catalogue import Words


class Judgement(NamedTuple):
    """Approve, revise or fail; with the findings that say why."""

    decision: DraftFate
    findings: list[dict[str, Any]]
    """For the writer, if the draft goes back; else what is left open, for the reader."""
    reason: str = ""


def judge(
    heard: Sequence[Envelope], left: DraftsLeft, drafts: int, words: Words, known: Sequence[str] = ()
) -> Judgement:
    """Weigh verdicts and failures by the table of ``quire.graphs.run.fates``.

    All that was found goes back in one message. An agent that failed blocks for good: without a draft there is
    nothing to judge, and what was not checked is not approved.

    Args:
        heard: the verdicts, and what failed.
        left: the drafts that may follow.
        drafts: those there were.
        words: the fixed words of the document's language.
        known: what the draft says, and judges were told and shown of its evidence: a figure that they name beside it
            reaches no reader.

    """
    failed = [e for e in heard if is_a(e, AgentFailed)]
    claims = [e for e in heard if is_a(e, ClaimsVerified)]
    others = [e for e in heard if not is_a(e, AgentFailed, ClaimsVerified)]
    against = [e for e in others if e["data"]["blocks"] or _errs(e)]
    decision = fate_of_draft(Found(bool(failed), any(e["data"]["blocks"] for e in claims), bool(against)), left)
    if decision in {"revise", "revise for evidence"}:
        return Judgement(decision, merged([*map(_findings, [*claims, *others]), *map(_veto, against)]))
    open_ = merged([*map(_warnings, claims), *(for_readers(_findings(e), known) for e in others)])
    if failed:
        return Judgement(decision, open_, "; ".join(f"{e['agent']}: {e['data']['reason']}" for e in failed))
    if decision == "approve":
        return Judgement(decision, open_)
    told = [m for e in against for m in _reasons(for_readers([*_findings(e), *_veto(e)], known))]
    errors = "; ".join(list(dict.fromkeys(told))[:3])
    return Judgement(decision, open_, words.count("reason.after-drafts", drafts, errors=errors))


def merged(findings: Sequence[Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """Put the judges' findings together, each once, errors first."""
    unique = {(f["rule"], f["where"], f["message"]): dict(f) for group in findings for f in group}
    return sorted(unique.values(), key=lambda f: f["severity"] != "error")


def _findings(verdict: Envelope) -> list[dict[str, Any]]:
    return list(verdict["data"]["findings"])


def _warnings(verdict: Envelope) -> list[dict[str, Any]]:
    """Give what was found beside claims that do not hold: these are struck, each with its reason."""
    return [finding for finding in _findings(verdict) if finding["severity"] == "warning"]


def _errs(verdict: Envelope) -> bool:
    return any(f["severity"] == "error" for f in verdict["data"]["findings"])


def _reasons(findings: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give the errors; where a veto rests on less, all that it says."""
    errors = [str(f["message"]) for f in findings if f["severity"] == "error"]
    return errors or [str(f["message"]) for f in findings]


def _veto(verdict: Envelope) -> list[dict[str, Any]]:
    """Say who will not let a draft stand, where the verdict gives no reason itself."""
    if not verdict["data"]["blocks"] or verdict["data"]["findings"]:
        return []
    message = f"“{verdict['agent']}” does not let it stand, and gives no reason."
    return [{"rule": verdict["agent"], "severity": "error", "message": message, "where": str(verdict["section"])}]
