"""Which regular expressions a rule may use."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quire.nodes.decode.patterns import problem_of_pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"\b(?:we|this report)\s+(?:hereby\s+)?(?:guarantees?|warrants?)\b",
        r"\bfully\s+(?:complies|compliant)\b",
        r"neighbou?rhood",
        r"panel \d{4,}[A-Z]?",
        r"[(+*)]+ and \(a+\)+",
        r"(?i:we) (?P<verb>[\w-]+)(?= it)",
        "[ab]+(?:cd){3}",
        r"^Dated \d+ \w+ \d{4}$",
    ],
)
def test_a_plain_pattern_can_be_used(pattern: str) -> None:
    assert problem_of_pattern(pattern) == ""


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("(a", "is no regular expression"),
        ("*a", "is no regular expression"),
        ("a{99999999999}", "is no regular expression"),
        ("(a+)+$", "repeats a group"),
        ("(?:x(?:a*b)c)*", "repeats a group"),
        ("((a+))+", "repeats a group"),
        ("(a+){20}$", "repeats a group"),
        ("(a*)?x{1,30}(b+){2,}", "repeats a group"),
        ("(a|ab)*$", "repeats a group"),
        ("(a?){30}", "repeats a group"),
        ("a?" * 13, "12 optional"),
        ("[a[b]", "a set within"),
        ("[a", "not closed"),
        ("(?x)(a+ #)\n)+", "kind of group"),
        (r"(a)\1", "refers back"),
        ("(?P<x>a)(?P=x)", "kind of group"),
        ("(a)?(?(1)b|c)", "kind of group"),
        (".*" * 5, "more than 4 repetitions"),
    ],
)
def test_a_pattern_that_may_never_end_is_refused(pattern: str, problem: str) -> None:
    assert problem in problem_of_pattern(pattern)


_SIGNS = st.sampled_from(
    ["a", "b", "(", ")", "*", "+", "?", "{2,}", "{9}", "[", "]", "|", ".", "\\", "(?:", "^", "$"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_SIGNS, max_size=14).map("".join))
def test_what_is_accepted_ends(pattern: str) -> None:
    if not problem_of_pattern(pattern):
        re.search(pattern, "a" * 40 + "c")  # one that goes back for ever runs into the suite's limit
