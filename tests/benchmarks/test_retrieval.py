"""What the benchmark of retrieval prints holds: questions find their passage, in words of its own or of a model."""

import re

import pytest
import retrieval


def test_forty_questions_find_their_passages(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["retrieval.py"])
    retrieval.main()

    rows = re.findall(r"^\| (\w.*?) \| \d+, (\d+) of 20 \| \d+, (\d+) of 20 \|$", capsys.readouterr().out, re.MULTILINE)
    alone, worded = ({"own": int(own), "other": int(other)} for _, own, other in rows)
    assert alone["own"] >= 15
    assert worded["own"] + worded["other"] >= 36
