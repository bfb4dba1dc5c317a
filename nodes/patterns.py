"""Which regular expressions a rule may use."""

import re

MAX_REPEATS = 6
"""Repetitions without a bound in one pattern."""

_TOKENS = re.compile(
    r"(?P<literal>\\.|\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<open>\()|(?P<close>\))|(?P<repeat>[*+]|\{\d*,\})|.", re.DOTALL
)


def problem_of_pattern(pattern: str) -> str:
    """Say why a pattern cannot be used; empty if it can.

    Python's matcher backtracks, and a repetition within a repetition (``(a+)+``) can keep it busy for ever. Such
    patterns and back references are refused: patterns may come from a stranger, while what they are applied to is
    a claim, a few hundred characters long.
    """
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return f"is no regular expression: {error}"
    if re.search(r"\\[1-9]|\(\?P=|\(\?\(", pattern):
        return "refers back to a group, which is not allowed"
    return _problem_of_repeats(pattern)


def _problem_of_repeats(pattern: str) -> str:
    """Walk the pattern and watch for a repeated group that repeats something itself."""
    repeats = 0
    inside = [False]  # for each open group: does it repeat something?
    closed = False  # the last token closed a group that does
    for token in _TOKENS.finditer(pattern):
        if token.lastgroup == "repeat":
            repeats += 1
            if closed:
                return "repeats a group that repeats something itself, which can take for ever to match"
            inside[-1] = True
        closed = False
        if token.lastgroup == "open":
            inside.append(False)
        elif token.lastgroup == "close":
            closed = inside.pop()
            inside[-1] = inside[-1] or closed
    return f"has more than {MAX_REPEATS} repetitions" if repeats > MAX_REPEATS else ""
