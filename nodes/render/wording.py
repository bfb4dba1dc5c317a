"""The document's own words: how it was made, what is missing, what became of each source."""

from collections.abc import Mapping, Sequence

from quire.nodes.evidence.left_out import in_short
from quire.nodes.render.numbered import Notice, Tone
from quire.nodes.render.text import counted, listed

QUESTIONS = "Open questions"
COMPUTATIONS = "How figures were computed"
SOURCES = "Sources"
EVIDENCE = "Evidence"
CONTENTS = "Contents"
ABOUT = "About this document"
BEFORE_RELYING = "Before relying on this document"
NOT_DETERMINED = "Not determined"
UNSUPPORTED = "Unsupported"
UNSHOWABLE = (
    "The fonts of this PDF have no sign for some characters ({codes}), which are shown as \N{REPLACEMENT CHARACTER}. "
    "The HTML and Word editions show them."
)
SOURCE_NOTICES: Sequence[tuple[Tone, str]] = (
    ("bad", "These sources could not be read"),
    ("caution", "Of these sources nothing was cited, or not all could be read"),
)
NO_ROWS = "No rows."
NO_SOURCES = "No sources were given."

INTRODUCTIONS = {
    QUESTIONS: "What the sources could not settle. Until each is answered, the statements it bears on stay open.",
    COMPUTATIONS: "Letters in brackets in the text lead here. Every one of these figures was derived by code.",
    SOURCES: "Every file that was given, with the beginning of its SHA-256 hash and how often it is cited.",
    EVIDENCE: "Numbers in brackets in the text lead here: the source, the place in it, and its words.",
}

_OFFLINE = (
    "Composed from the sources without a language model: tables and figures were computed by code, fixed wording "
    "was filled in, and all other sentences were taken from the sources with their address."
)
_MODEL = (
    "Written with {models} from the sources listed at the end. Figures in tables were computed by code. "
    "A number in brackets leads to the words in a source that a statement rests on."
)

_NOTICES: Mapping[str, tuple[str, Tone]] = {
    "failed": ("This section could not be completed", "bad"),
    "cancelled": ("This section was cancelled", "bad"),
    "stub": ("This section is a placeholder", "caution"),
    "skipped": ("This section was left out", "unknown"),
}
_UNFINISHED: tuple[str, Tone] = ("This section is not finished", "caution")
_LONGEST_REASON = 400

_TONES: Mapping[Tone, tuple[str, ...]] = {
    "unknown": (
        "indeterminate",
        "not determined",
        "unknown",
        "not applicable",
        "n/a",
        "not reviewed",
        "pending",
        "not listed",
    ),
    "bad": (
        *("nonconforming", "non-conforming", "noncompliant", "non-compliant", "not met", "not permitted", "no bid"),
        *("prohibited", "fail", "overdue", "missing", "expired", "violated", "rejected", "denied", "high"),
    ),
    "caution": (
        *("legal nonconforming", "legal non-conforming", "legally nonconforming", "conforming subject to", "partial"),
        *("partly", "conditional", "subject to", "open", "at risk", "warning", "exception", "medium", "in progress"),
    ),
    "good": (
        *("conforming", "compliant", "complies", "met", "permitted", "pass", "done", "closed", "complete", "valid"),
        *("approved", "granted", "issued", "in force", "resolved", "low", "yes"),
    ),
}


def tone_of(status: str) -> Tone:
    """Choose a status's colour by the longest beginning that is known (``Conforming subject to striping``)."""
    said = status.casefold()
    known = [(len(start), tone) for tone, starts in _TONES.items() for start in starts if said.startswith(start)]
    return max(known)[1] if known else "neutral"


def made_by(mode: str, models: Sequence[Mapping[str, str]]) -> str:
    """Say how the document was made.

    Args:
        mode: ``offline`` or ``model``.
        models: of each section, the model that each agent used.

    """
    if mode == "offline":
        return _OFFLINE
    agents: dict[str, set[str]] = {}
    for used in models:
        for agent, model in used.items():
            agents.setdefault(model, set()).add(agent)
    named = [f"{model} ({listed(sorted(roles))})" for model, roles in sorted(agents.items())]
    return _MODEL.format(models=listed(named) or "a language model")


def notice_of(status: str, reason: str) -> Notice | None:
    """Say why a section says less than planned; ``None`` for an approved one."""
    if status == "approved":
        return None
    heading, tone = _NOTICES.get(status, _UNFINISHED)
    return Notice(heading, _first_line(reason), tone)


def _first_line(reason: str) -> str:
    """Keep what a person would say; what follows a line break is detail of a fault, for the log."""
    line = reason.strip().partition("\n")[0].strip()
    if line.startswith("Traceback"):
        return ""
    said = line[:1].upper() + line[1:]
    return said if len(said) <= _LONGEST_REASON else said[: _LONGEST_REASON - 1].rstrip() + "…"


def incomplete(missing: Sequence[tuple[str, str]], total: int) -> list[str]:
    """Say which sections (number and title, status) are not there as planned."""
    if not missing:
        return []
    named = "; ".join(f"{name} ({status})" for name, status in missing)
    return [f"Incomplete: {len(missing)} of {total} sections could not be written as planned: {named}."]


def left_out(sections: Sequence[tuple[str, str]], total: int) -> list[str]:
    """Say which sections (title, reason) were left out, of those that apply."""
    reasons: dict[str, list[str]] = {}
    for title, reason in sections:
        reasons.setdefault(in_short(reason), []).append(title)
    return [f"{len(t)} of {total} sections left out: {why} ({'; '.join(t)})." for why, t in reasons.items()]


OBJECTED = "A reader objected, and it was not mended: {objection}"
_STRUCK: Mapping[str, str] = {
    "contradicted": "the evidence says otherwise",
    "insufficient": "the evidence does not carry what was drafted",
}


def struck_here(counts: Mapping[str, int]) -> list[str]:
    """Say how many statements are left out at a place, by verdict."""
    return [
        f"{counted(counts[verdict], 'statement')} left out here: {why}."
        for verdict, why in _STRUCK.items()
        if counts.get(verdict)
    ]


def struck(sections: Sequence[tuple[str, int]]) -> list[str]:
    """Say how many statements were left out, and of which sections (title, number)."""
    total = sum(number for _, number in sections)
    if not total:
        return []
    named = "; ".join(f"{number} of “{title}”" for title, number in sections if number)
    return [f"{counted(total, 'statement')} left out because the evidence does not carry what was drafted: {named}."]


def objected(sections: Sequence[tuple[str, int]]) -> list[str]:
    """Say how many objections stay open, and in which sections (title, number)."""
    total = sum(number for _, number in sections)
    if not total:
        return []
    named = "; ".join(f"{number} in “{title}”" for title, number in sections if number)
    return [f"{counted(total, 'objection')} of readers left open: {named}."]


def used_in(sections: Sequence[str]) -> str:
    """Say which sections rest on a piece of evidence or a computation."""
    return f"{'section' if len(sections) == 1 else 'sections'} {', '.join(sections)}"


def remarks_on(*, passages: int | None, cited: int, warnings: Sequence[str]) -> tuple[Tone, list[str]]:
    """Say what became of a source, loudest first."""
    details = [_sentence(warning) for warning in warnings]
    if passages == 0:
        return "bad", ["Could not be read.", *details]
    if not cited:
        return "caution", ["Nothing in this document cites it.", *details]
    return ("caution" if details else "good"), details


def _sentence(text: str) -> str:
    said = text.strip()
    return f"{said[:1].upper()}{said[1:]}{'' if said.endswith(('.', '!', '?')) else '.'}"
