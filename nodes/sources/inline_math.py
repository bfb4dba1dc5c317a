"""Equations between dollar signs in Markdown: kept as they are written, since what looks like markup there is none."""

import re

from markdown_it.rules_inline import StateInline

_MATH = re.compile(r"\$\$[^$]{1,2000}\$\$|\$(?![\s$])[^$\n]{1,400}(?<!\s)\$(?!\d)")
"""As Pandoc tells an equation from two prices: no space inside the dollars, and no digit behind the last."""


def take_math(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as markdown-it calls its rules
    """Take an equation whole: a rule for markdown-it's inline parser."""
    if not state.src.startswith("$", state.pos):
        return False
    found = _MATH.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("math_inline", "", 0).content = found[0]
    state.pos = found.end()
    return True
