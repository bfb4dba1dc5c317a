"""What is said of the document itself: how it was made, what is missing, what became of each source."""

from collections.abc import Mapping, Sequence

from quire.nodes.evidence.claims import kind_of
from quire.nodes.evidence.content import Claim
from quire.nodes.language.catalogue import Words
from quire.nodes.language.reasons import in_few_words, reason_in
from quire.nodes.render.numbered import Notice, Tone
from quire.nodes.render.text import shown

SOURCE_NOTICES: Sequence[tuple[Tone, str]] = (
    ("bad", "document.unreadable-sources"),
    ("caution", "document.uncited-sources"),
)
"""What is said above the sources of a tone, as the catalogue names it."""
_NOTICES: Mapping[str, Tone] = {"failed": "bad", "cancelled": "bad", "stub": "caution", "skipped": "unknown"}
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


def made_by(words: Words, mode: str, models: Sequence[Mapping[str, str]]) -> str:
    """Say how the document was made.

    Args:
        words: the document's.
        mode: ``offline`` or ``model``.
        models: of each section, the model that each agent used.

    """
    if mode == "offline":
        return words("made.offline")
    agents: dict[str, set[str]] = {}
    for used in models:
        for agent, model in used.items():
            agents.setdefault(model, set()).add(agent)
    named = [f"{model} ({words.listed(sorted(roles))})" for model, roles in sorted(agents.items())]
    return words("made.model", models=words.listed(named) or words("made.unnamed-model"))


def notice_of(words: Words, status: str, reason: str) -> Notice | None:
    """Say why a section says less than planned; ``None`` for an approved one."""
    if status == "approved":
        return None
    heading = words(f"status.{status if status in _NOTICES else 'unfinished'}")
    return Notice(heading, _first_line(reason_in(reason, words)), _NOTICES.get(status, "caution"))


def _first_line(reason: str) -> str:
    """Keep what a person would say; what follows a line break is detail of a fault, for the log."""
    line = reason.strip().partition("\n")[0].strip()
    if line.startswith("Traceback"):
        return ""
    said = line[:1].upper() + line[1:]
    return said if len(said) <= _LONGEST_REASON else said[: _LONGEST_REASON - 1].rstrip() + "…"


def incomplete(words: Words, missing: Sequence[tuple[str, str]], total: int) -> list[str]:
    """Say which sections (number and title, status) are not there as planned."""
    if not missing:
        return []
    named = "; ".join(f"{name} ({_short(words, status)})" for name, status in missing)
    return [words("document.incomplete", n=len(missing), total=total, named=named)]


def _short(words: Words, status: str) -> str:
    return words(f"status.short-{status}") if status in _NOTICES else status


def left_out(words: Words, sections: Sequence[tuple[str, str]], total: int) -> list[str]:
    """Say which sections (title, reason) were left out, of those that apply."""
    reasons: dict[str, list[str]] = {}
    for title, reason in sections:
        reasons.setdefault(in_few_words(reason, words), []).append(title)
    return [
        words("document.left-out", n=len(titles), total=total, why=why, named="; ".join(titles))
        for why, titles in reasons.items()
    ]


def struck_here(words: Words, counts: Mapping[str, int]) -> list[str]:
    """Say how many statements are left out at a place, by verdict, and conclusions apart."""
    return [
        words.count(f"document.struck-{verdict}", counts[verdict])
        for verdict in ("contradicted", "insufficient", "conclusion")
        if counts.get(verdict)
    ]


def struck(words: Words, sections: Sequence[tuple[str, int]]) -> list[str]:
    """Say how many statements were left out, and of which sections (title, number)."""
    return _counted(words, "document.struck", sections)


def unconfirmed(words: Words, sections: Sequence[tuple[str, int]]) -> list[str]:
    """Say how many conclusions were left out, and of which sections (title, number)."""
    return _counted(words, "document.unconfirmed", sections)


def quoted(words: Words, sections: Sequence[tuple[str, int]]) -> list[str]:
    """Say how many statements stand in the words of their sources, as nobody judged their author's."""
    return _counted(words, "document.quoted", sections)


def checked(words: Words, made: Claim) -> str:
    """Say what a claim is, and who has held it against its evidence; empty of what nobody had to."""
    judged = made.get("verdict")
    if judged is None:
        return ""
    kind, looked = kind_of(made), shown(made.get("looked", ""))
    told = [] if kind == "fact" else [words(f"document.kind-{kind}")]
    told += [words("document.looked-for", where=looked)] if kind == "gap" and looked else []
    if judged["by"] == "model":
        found = judged["words"] if kind != "gap" else ""
        told += [words("document.checked-words", words=shown(found)) if found else words("document.checked-model")]
    else:
        told += [words("document.checked-code" if judged["sure"] else "document.checked-unsure")]
    return " ".join(told)


def objected(words: Words, sections: Sequence[tuple[str, int]]) -> list[str]:
    """Say how many objections stay open, and in which sections (title, number)."""
    return _counted(words, "document.objections", sections)


def _counted(words: Words, key: str, sections: Sequence[tuple[str, int]]) -> list[str]:
    total = sum(number for _, number in sections)
    named = "; ".join(f"{title}: {number}" for title, number in sections if number)
    return [words.count(key, total, named=named)] if total else []


def used_in(words: Words, sections: Sequence[str]) -> str:
    """Say which sections rest on a piece of evidence or a computation."""
    return f"{words.count('document.sections', len(sections))} {', '.join(sections)}"


def remarks_on(words: Words, *, passages: int | None, cited: int, warnings: Sequence[str]) -> tuple[Tone, list[str]]:
    """Say what became of a source, loudest first."""
    details = [_sentence(warning) for warning in warnings]
    if passages == 0:
        return "bad", [words("document.could-not-be-read"), *details]
    if not cited:
        return "caution", [words("document.nothing-cites-it"), *details]
    return ("caution" if details else "good"), details


def _sentence(text: str) -> str:
    said = text.strip()
    return f"{said[:1].upper()}{said[1:]}{'' if said.endswith(('.', '!', '?')) else '.'}"
