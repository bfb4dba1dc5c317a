"""Which regular expressions a rule may use."""

import re

MAX_REPEATS = 4
"""Repetitions without a bound in one pattern."""
MAX_CHOICES = 12
"""Optional or repeated parts in one pattern."""

_TOKENS = re.compile(
    r"""
      (?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])
    | (?P<literal>\\.)
    | (?P<open>\((?:\?(?:P<\w+>|<?[=!]|>|[aims]*(?:-[ims]+)?:|[aims]+\)))?)
    | (?P<close>\))
    | (?P<either>\|)
    | (?P<times>[*+]|\{\d*(?:,\d*)?\})
    | (?P<optional>\?)
    | .
    """,
    re.DOTALL | re.VERBOSE,
)
_SET_IN_SET = re.compile(r"(?<!\\)\[|--|&&|~~|\|\|")


def problem_of_pattern(pattern: str) -> str:
    """Say why a pattern cannot be used; empty if it can.

    Python's matcher goes back and tries again, and a choice within a repetition (``(a+)+``, ``(a|ab)*``) can keep it
    busy for ever. Such patterns and references back to a group are refused, since a blueprint may come from a stranger.
    What remains grows with a power of the length of the text: apply patterns to a claim, not to a document.
    """
    tokens = list(_TOKENS.finditer(pattern))
    problem = _problem_of_signs(tokens) or _problem_of_choices(tokens)
    if problem:
        return problem
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return f"is no regular expression: {error}"
    return ""


def _problem_of_signs(tokens: list[re.Match[str]]) -> str:
    """Find what the walk below could not follow."""
    for token in tokens:
        if token.lastgroup == "set" and _SET_IN_SET.search(token[0][1:-1]):
            return f"has a set within the set {token[0]}; write \\ before its signs"
        if token.lastgroup == "literal" and token[0][1] in "123456789":
            return "refers back to a group, which is not allowed"
        if token[0] == "[":
            return "is no regular expression: a set is not closed"
        if token[0] == "(" and token.string.startswith("?", token.end()):
            return "uses a kind of group that is not allowed"
    return ""


def _problem_of_choices(tokens: list[re.Match[str]]) -> str:
    """Find a repeated group that leaves a choice within, or too many choices."""
    inside = [False]  # for each open group: does it leave the matcher a choice?
    closed = False  # the last token closed a group that does
    choices = repeats = 0
    for token in tokens:
        kind = token.lastgroup
        if kind == "times" and closed:
            return "repeats a group that holds a choice or a repetition, which can take for ever to match"
        varies = kind in ("optional", "either") or (kind == "times" and not re.fullmatch(r"\{\d+\}", token[0]))
        choices += varies and kind != "either"
        repeats += kind == "times" and token[0].endswith(("*", "+", ",}"))
        closed = False
        if kind == "open" and not token[0].endswith(")"):
            inside.append(False)
        elif kind == "close" and len(inside) > 1:
            closed = inside.pop()
        inside[-1] = inside[-1] or varies or closed
    too_many = repeats > MAX_REPEATS or choices > MAX_CHOICES
    return f"has more than {MAX_REPEATS} repetitions or {MAX_CHOICES} optional parts" if too_many else ""
