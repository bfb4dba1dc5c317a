import time

import pytest

from nodes.faults import BadInput
from nodes.sources import kinds
from nodes.sources.confined import Limits, confined
from nodes.sources.read import read

SLOW = (b"[" * 1_990 + b"\n\n") * 400
"""Brackets that keep a Markdown parser busy for about ten seconds."""


def test_what_is_gathered_in_another_process_is_the_same() -> None:
    data = b"---\ntitle: T\n---\n\n# 1.1 A\n\nWords\xe2\x80\x8b.\n"
    here, there = kinds.markdown("a.md", data), confined(kinds.markdown, "a.md", data)
    assert (there.title, there.passages, there.warnings) == (here.title, here.passages, here.warnings)
    assert there.warnings == ["1 invisible characters were taken out"]


def test_a_refusal_arrives_with_its_line() -> None:
    with pytest.raises(BadInput, match=r"a.csv:3: row 2 is not valid CSV") as refused:
        confined(kinds.table, "a.csv", b'a,b\n"x,1\n2,3\n')
    assert refused.value.line == 3
    assert refused.value.hint


def test_a_source_that_takes_too_long_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises(BadInput, match=r"slow.md: takes more than 1 seconds"):
        confined(kinds.markdown, "slow.md", SLOW, Limits(seconds=1))
    assert time.monotonic() - began < 6


def test_a_source_that_takes_too_much_memory_is_ended() -> None:
    with pytest.raises(BadInput, match="megabytes"):
        confined(kinds.html, "big.html", b"<p>x" * 290_000, Limits(megabytes=250))


def test_a_reader_s_fault_is_not_the_source_s() -> None:
    with pytest.raises(RuntimeError, match="AttributeError"):
        confined(kinds.check_type, "a.md", b"x")


def test_the_child_gets_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", "/nowhere")  # an interpreter that got it would not start
    assert confined(kinds.plain, "a.txt", b"Words.").passages[0]["text"] == "Words."


def test_a_large_source_is_read_like_a_small_one() -> None:
    small, large = read("a.md", b"Words.\n"), read("a.md", b"Words.\n" + b"\n" * 200_000)
    assert small["passages"] == large["passages"]


def test_a_name_is_only_a_name() -> None:
    assert confined(kinds.plain, "--help; x.txt", b"Words.").passages[0]["source"] == "--help; x.txt"
