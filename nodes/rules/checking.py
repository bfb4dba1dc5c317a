"""Holds sections and documents against the blueprint's rules, in code."""

import importlib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from nodes.computations.materials import Finding, Materials
from nodes.content import SectionContent, claims_of

Rule = Mapping[str, Any]


def check_section(rules: Iterable[Rule], content: SectionContent, materials: Materials) -> list[Finding]:
    """Give what the rules of scope ``section`` object to. Rules that only reading can tell are left out."""
    section = str(materials.section["id"])
    found: list[Finding] = []
    for rule in rules:
        if rule.get("check"):
            found += _of(rule, _function(rule["check"])(content, materials))
        found += _worded(rule, text_of(content), section)
    return found


def check_document(rules: Iterable[Rule], sections: Mapping[str, SectionContent]) -> list[Finding]:
    """Give what the rules of scope ``document`` object to."""
    found: list[Finding] = []
    whole = "\n".join(text_of(content) for content in sections.values())
    for rule in rules:
        if rule.get("check"):
            found += _of(rule, _function(rule["check"])(sections))
        found += _worded(rule, whole, "document")
    return found


def rules_for(spec: Mapping[str, Any], rules: Iterable[Rule]) -> list[Rule]:
    """Choose the rules that a section is held to: those it names, else all of scope ``section``."""
    named = spec.get("rules")
    return [r for r in rules if r["scope"] == "section" and (named is None or r["id"] in named)]


def text_of(content: SectionContent) -> str:
    """Give all the words of a section, a line per claim."""
    return "\n".join(c["text"] for block in content["blocks"] for c in claims_of(block))


def _worded(rule: Rule, text: str, where: str) -> list[Finding]:
    """Apply the rule's forbidden and required wordings."""
    forbidden = [m for p in rule["forbid"] if (m := re.search(p, text, re.IGNORECASE))]
    lacking = [p for p in rule["require"] if not re.search(p, text, re.IGNORECASE)]
    messages = [f"{rule['text']} It says “{m[0]}”." for m in forbidden]
    messages += [f"{rule['text']} It is not said." for _ in lacking]
    return [Finding(rule=rule["id"], severity=rule["severity"], message=m, where=where) for m in messages]


def _of(rule: Rule, findings: Iterable[Finding]) -> list[Finding]:
    """Put the blueprint's id and severity on what a check found."""
    return [
        Finding(rule=rule["id"], severity=rule["severity"], message=f["message"], where=f["where"]) for f in findings
    ]


def _function(name: str) -> Callable[..., list[Finding]]:
    module, _, function = name.partition(".")
    found: Callable[..., list[Finding]] = getattr(importlib.import_module(f"nodes.rules.{module}"), function)
    return found
