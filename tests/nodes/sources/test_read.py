import hashlib

import pytest

from quire.nodes.faults import BadInput
from quire.nodes.sources.read import MAX_BYTES, read


def refusal(name: str, data: bytes) -> BadInput:
    with pytest.raises(BadInput) as refused:
        read(name, data)
    assert refused.value.file == name
    assert refused.value.hint
    return refused.value


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.xyz", b"x", "no reader"),
        ("a", b"x", "no reader"),
        ("a.md", b"", "empty"),
        ("a.md", b" \n\t\n", "empty"),
        ("a.md", b"<!-- only a remark -->\n", "no text"),
        ("a.html", b"<p> </p>", "no text"),
        ("a.csv", b"height\n", ""),
        ("a.txt", b"words\0words", "U+0000"),
        ("a.csv", b"a,b\n\x01,2\n", "U+0001"),
        ("a.md", b"%PDF-1.7 ...", "holds a PDF"),
        ("a.txt", b"PK\x03\x04....", "zip"),
        ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old Office"),
        ("a.md", b"<!doctype html><html><body>Not found</body></html>", "HTML page"),
        ("a.csv", b"<html><body>Sign in</body></html>", "HTML page"),
        ("a.html", b"no element here", "no HTML element"),
        ("a.pdf", b"Dear Ms. Hale", "not a PDF"),
        ("a.txt", bytes(range(0x80, 0x100)) * 4, "not a text file"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "no reader"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "not a text file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_file_and_hint(name: str, data: bytes, problem: str) -> None:
    if not problem:
        assert read(name, data)["passages"][0]["text"] == "height"
        return
    assert problem in refusal(name, data).problem


def test_a_control_character_is_refused_with_its_line() -> None:
    assert refusal("a.txt", b"one\ntwo\nthr\0ee").line == 3


def test_too_large_a_source_is_refused() -> None:
    assert "more than" in refusal("a.txt", b"x" * (MAX_BYTES + 1)).problem


def test_a_reading_names_source_hash_and_type() -> None:
    data = b"Words.\n"
    found = read("folder/a.TXT", data)
    assert (found["source"], found["media"]) == ("folder/a.TXT", "text/plain")
    assert found["hash"] == hashlib.sha256(data).hexdigest()
    assert {passage["source"] for passage in found["passages"]} == {"folder/a.TXT"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_without_a_word(encoding: str) -> None:
    found = read("a.txt", "Façade, § 4, ½ acre".encode(encoding))
    assert found["passages"][0]["text"] == "Façade, § 4, ½ acre"
    assert found["warnings"] == []


def test_another_encoding_is_read_and_said() -> None:
    found = read("a.csv", "stall,count\ncafé total,14\n".encode("cp1252"))
    assert found["passages"][0]["text"] == "stall: café total; count: 14"
    assert found["warnings"] == ["read as cp1252, not UTF-8; check accented letters and signs"]


def test_every_line_end_is_a_line_end() -> None:
    found = read("a.txt", b"one\r\n\r\ntwo\r\rthree")
    assert [p["address"] for p in found["passages"]] == ["line 1", "line 3", "line 5"]


def test_invisible_characters_are_taken_out_and_said() -> None:
    found = read("a.txt", "for\u200bty\u202e feet\U000e0041".encode())
    assert found["passages"][0]["text"] == "forty feet"
    assert found["warnings"] == ["3 invisible characters were taken out"]


def test_the_same_bytes_give_the_same_reading() -> None:
    data = b"# 1.1 A\n\n(a) b\n\n| x | y |\n|--|--|\n| 1 | 2 |\n"
    assert read("a.md", data) == read("a.md", data)
