import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from quire.nodes.faults import BadInput
from quire.nodes.sources import texts
from quire.nodes.sources.confined import Limits, Reader, confined
from quire.nodes.sources.content_type import check_type
from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.read import read
from tests.nodes.sources.hostile_files import CONTAINERS, PDFS, TEXTS
from tests.nodes.sources.hostile_office import OFFICE
from tests.nodes.sources.waiting_reader import waiting

ROOT = Path(__file__).parents[3]

SLOW = (b"[" * 1_990 + b"\n\n") * 400
"""Brackets that keep a Markdown parser busy for about ten seconds."""


def spelt(reader: Reader) -> str:
    return f"{reader.__module__}:{reader.__qualname__}"


def test_what_is_gathered_in_another_process_is_the_same() -> None:
    data = b"---\ntitle: T\n---\n\n# 1.1 A\n\nWords\xe2\x80\x8b.\n"
    here, there = texts.markdown("a.md", data), confined(spelt(texts.markdown), "a.md", data)
    assert (there.title, there.passages, there.warnings) == (here.title, here.passages, here.warnings)
    assert there.warnings == ["1 invisible characters were taken out"]


def test_a_refusal_arrives_with_its_line() -> None:
    with pytest.raises(BadInput, match=r"a.csv:3: row 2 is not valid CSV") as refused:
        confined(spelt(texts.table), "a.csv", b'a,b\n"x,1\n2,3\n')
    assert refused.value.line == 3
    assert refused.value.hint


@pytest.mark.long
def test_a_source_that_takes_too_long_is_ended() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(BadInput, match=r"slow.md: takes more than 1 seconds"):
        confined(spelt(texts.markdown), "slow.md", SLOW, Limits(seconds=1))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 3


@pytest.mark.long
def test_a_busy_machine_ends_no_reader_that_takes_little_itself() -> None:
    found = confined(spelt(waiting), "slow.md", b"", Limits(seconds=1))
    assert [passage["text"] for passage in found.passages] == ["Words."]


@pytest.mark.long
def test_a_source_that_takes_too_much_memory_is_ended() -> None:
    with pytest.raises(BadInput, match="megabytes"):
        confined(spelt(texts.html), "big.html", b"<p>x" * 290_000, Limits(megabytes=250))


def test_a_reader_s_fault_is_not_the_source_s() -> None:
    with pytest.raises(RuntimeError, match="AttributeError"):
        confined(spelt(check_type), "a.md", b"x")


def test_the_child_gets_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", "/nowhere")  # an interpreter that got it would not start
    assert confined(spelt(texts.plain), "a.txt", b"Words.").passages[0]["text"] == "Words."


@pytest.mark.long
def test_a_large_source_is_read_like_a_small_one() -> None:
    small, large = read("a.md", b"Words.\n"), read("a.md", b"Words.\n" + b"\n" * 200_000)
    assert small["passages"] == large["passages"]


def test_a_name_is_only_a_name() -> None:
    assert confined(spelt(texts.plain), "--help; x.txt", b"Words.").passages[0]["source"] == "--help; x.txt"


GREEDY = """
import json, resource, sys
from quire.nodes.faults import BadInput
from quire.nodes.sources.confined import Limits, Reader, confined
from quire.nodes.sources.content_type import check_type
from quire.nodes.sources.read import read
from tests.nodes.sources.hostile_files import FILES
from tests.nodes.sources.hostile_office import OFFICE


WITHOUT_END = "tests.nodes.sources.test_confined:without_end"
told = {}
for name in sys.argv[1:]:
    file, made = (FILES | OFFICE).get(name) or ("endless.txt", bytes)
    try:
        confined(WITHOUT_END, file, b"x", Limits(megabytes=400)) if name == "endless" else read(file, made())
    except BadInput as refused:
        told[name] = refused.problem
print(json.dumps([told, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024]))
"""


def without_end(name: str, data: bytes) -> Gathering:
    """Read as a parser does that a file has led astray: take more and more."""
    del name
    taken = [data]
    while True:
        taken.append(b"x" * 10_000_000)


def read_apart(*names: str) -> tuple[dict[str, str], int]:
    """Read files in a process of their own; give the refusals, and the most memory that a reader had, in bytes."""
    done = subprocess.run(
        [sys.executable, "-c", GREEDY, *names],
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
        capture_output=True,
        text=True,
        check=True,
    )
    told, most = json.loads(done.stdout)
    return told, most


@pytest.mark.long
def test_a_reader_that_takes_memory_without_end_has_no_more_than_its_limit() -> None:
    told, most = read_apart("endless")

    assert told == {"endless": "takes more than 15 seconds or 400 megabytes to read"}
    assert 300_000_000 < most < 400_000_000


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "names",
    [[*CONTAINERS], [*PDFS], [*TEXTS], [*OFFICE]],
    ids=["containers", "PDFs", "texts", "workbooks, slides, mail"],
)
def test_no_file_made_to_do_harm_costs_its_reader_more_memory_than_the_limit(names: list[str]) -> None:
    told, most = read_apart(*names)

    assert set(told) == set(names)
    assert most < Limits().megabytes * 1_000_000


def chatty(name: str, data: bytes) -> Gathering:
    """Read as a parser does that prints what it thinks of a file."""
    print(f"{name} looks odd")  # noqa: T201 - that is the point
    return texts.plain(name, data)


@pytest.mark.long
def test_a_parser_that_prints_does_not_spoil_what_is_read(capfd: pytest.CaptureFixture[str]) -> None:
    assert confined(spelt(chatty), "a.txt", b"Words.").passages[0]["text"] == "Words."
    assert capfd.readouterr() == ("", "")
