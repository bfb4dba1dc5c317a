"""Holds sections and documents against the blueprint's rules, in code."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from quire.nodes.checks.wording import lines_of
from quire.nodes.computations.materials import Finding, Materials
from quire.nodes.evidence.content import SectionContent, claims_of
from quire.nodes.faults import BadInput
from quire.nodes.language.catalogue import Words
from quire.nodes.plugins.functions import function_of

Rule = Mapping[str, Any]


def check_section(rules: Iterable[Rule], content: SectionContent, materials: Materials) -> list[Finding]:
    """Give what the rules of scope ``section`` object to. Rules that only reading can tell are left out."""
    section = str(materials.section["id"])
    found: list[Finding] = []
    for rule in rules:
        if rule.get("check"):
            found += _of(rule, _function(rule["check"])(content, materials))
        found += _worded(rule, {section: content}, section, materials.words)
    return found


def check_document(rules: Iterable[Rule], sections: Mapping[str, SectionContent], words: Words) -> list[Finding]:
    """Give what the rules of scope ``document`` object to."""
    found: list[Finding] = []
    for rule in rules:
        if rule.get("check"):
            found += _of(rule, _function(rule["check"])(sections))
        found += _worded(rule, sections, "document", words)
    return found


def rules_for(spec: Mapping[str, Any], rules: Iterable[Rule]) -> list[Rule]:
    """Choose the rules that a section is held to: those it names, else all of scope ``section``."""
    named = spec.get("rules")
    return [r for r in rules if r["scope"] == "section" and (named is None or r["id"] in named)]


def _worded(rule: Rule, sections: Mapping[str, SectionContent], where: str, words: Words) -> list[Finding]:
    """Apply the rule's forbidden wordings to our own words, and look for its required ones in all words.

    Patterns meet one claim at a time: whatever a pattern costs, a claim is short.
    """
    own = [c["text"] for s in sections.values() for b in s["blocks"] if b["kind"] != "quote" for c in claims_of(b)]
    lines = [line for s in sections.values() for line in lines_of(s)]
    forbidden = [found for p in rule["forbid"] if (found := _first(p, own))]
    messages = [words("finding.says", rule=rule["text"], said=said) for said in forbidden]
    messages += [words("finding.not-said", rule=rule["text"]) for p in rule["require"] if not _first(p, lines)]
    return [Finding(rule=rule["id"], severity=rule["severity"], message=m, where=where) for m in messages]


def _first(pattern: str, texts: Iterable[str]) -> str:
    found = (match[0] for text in texts if (match := re.search(pattern, text, re.IGNORECASE)))
    return next(found, "")


def _of(rule: Rule, findings: Iterable[Finding]) -> list[Finding]:
    """Put the blueprint's id and severity on what a check found."""
    return [
        Finding(rule=rule["id"], severity=rule["severity"], message=f["message"], where=f["where"]) for f in findings
    ]


def _function(name: str) -> Callable[..., list[Finding]]:
    found = function_of("quire.checks", name)
    if found is None:
        raise BadInput(f"there is no check {name!r}", hint="install the package that it came with")
    return cast("Callable[..., list[Finding]]", found)
