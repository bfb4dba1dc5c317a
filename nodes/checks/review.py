"""What a reader would object to in a draft, as far as code can tell. Pure."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from quire.nodes.computations.materials import Finding
from quire.nodes.evidence.content import Block, SectionContent, claims_of, words_in

SHORTEST = 40
"""Characters from which on a sentence said twice is no phrase that recurs."""


def read_draft(content: SectionContent, spec: Mapping[str, Any]) -> list[Finding]:
    """Name a draft's faults: nothing in it, sentences said twice, far longer than it should be."""
    section = str(spec["id"])
    if not content["blocks"]:
        if content.get("removed"):  # as a person wants it
            return []
        return [_finding("empty", "error", "The section is empty.", section)]
    return [*_repeated(content, section), *_length(content, spec)]


def grade(findings: list[Finding]) -> int:
    """Grade from 5 (ready to send) down to 1: an error costs two, a warning one."""
    cost = sum(2 if f["severity"] == "error" else 1 for f in findings)
    return max(1, 5 - cost)


def _repeated(content: SectionContent, section: str) -> list[Finding]:
    prose = [b for b in content["blocks"] if b["kind"] in {"paragraph", "list", "quote"}]
    said = Counter(" ".join(c["text"].split()) for b in prose for c in claims_of(b))
    twice = [text for text, times in said.items() if times > 1 and len(text) > SHORTEST]
    return [_finding("repetition", "warning", f"It says more than once: “{text[:120]}”.", section) for text in twice]


def _length(content: SectionContent, spec: Mapping[str, Any]) -> list[Finding]:
    """Hold the words that somebody chose against those that were asked for; what code tabled is as long as it is."""
    wanted, got = spec.get("words"), words_in([block for block in content["blocks"] if not _is_tabled(block)])
    if not wanted or got <= 2 * wanted:
        return []
    return [_finding("length", "warning", f"It has {got} words; about {wanted} were asked for.", str(spec["id"]))]


def _is_tabled(block: Block) -> bool:
    return bool(block.get("rows")) and not any("id" in cell for row in block["rows"] for cell in row)


def _finding(rule: str, severity: Any, message: str, where: str) -> Finding:
    return Finding(rule=rule, severity=severity, message=message, where=where)
