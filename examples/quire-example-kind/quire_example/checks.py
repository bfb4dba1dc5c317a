"""Checks: `check: example.not_empty` is the function `not_empty` of this module."""

from quire import Finding, Materials, SectionContent


def not_empty(content: SectionContent, materials: Materials) -> list[Finding]:
    """Object to a section that says nothing."""
    where = str(materials.section["id"])
    empty = Finding(rule="not-empty", severity="error", message="It says nothing.", where=where)
    return [] if content["blocks"] else [empty]
