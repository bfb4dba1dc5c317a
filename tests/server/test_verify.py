"""``quire verify`` through its three interfaces: the command, ``quire.verify`` and HTTP."""

import json
from pathlib import Path

import httpx
import pytest
from cli import Quire
from serving import quire_server

import quire as package
from quire.nodes.faults import BadInput

HEIGHT = "The height of a building shall not exceed 40 feet."


def test_python_tells_verdict_and_reasons() -> None:
    found = package.verify("The height of a building may exceed 40 feet.", [HEIGHT])

    assert found["verdict"] == "contradicted"
    assert found["by"] == "code"
    assert found["sure"]
    assert found["reasons"]
    row = {"text": "R-1 | 32", "header": "District | Maximum height (ft)", "source": "table"}
    assert package.verify("The maximum height in R-1 is 32 ft.", [row])["verdict"] == "supported"


def test_a_field_that_is_none_is_named() -> None:
    with pytest.raises(BadInput, match=r"evidence\[0\]\.quote"):
        package.verify("It is so.", [{"text": "x", "quote": "y"}])


def test_claims_of_a_file_are_told_one_a_line(quire: Quire, tmp_path: Path) -> None:
    lines = [{"claim": HEIGHT, "evidence": [HEIGHT]}, {"claim": HEIGHT.replace("40", "45"), "evidence": [HEIGHT]}]
    file = tmp_path / "claims.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines))

    done = quire("verify", str(file), "--json")

    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["verdict"] for one in found] == ["supported", "insufficient"]
    assert set(found[0]) == {"claim", "verdict", "by", "sure", "reasons"}
    assert done.returncode == 3
    file.write_text(json.dumps(lines[0]))
    assert quire("verify", str(file)).returncode == 0


def test_sentences_of_a_text_are_looked_up_in_the_sources(quire: Quire, tmp_path: Path) -> None:
    source, text = tmp_path / "code.md", tmp_path / "report.md"
    source.write_text(f"# Code\n\n{HEIGHT} Fences are white.\n")
    text.write_text(f"# Report\n\n{HEIGHT} The height of a building may exceed 40 feet [1].\n")

    done = quire("verify", str(text), "--sources", str(source))

    first, second = done.stdout.splitlines()
    assert first == f"supported: {HEIGHT}"
    assert second.startswith("contradicted: The height of a building may exceed 40 feet.")
    assert "code.md, line 3" in second
    assert done.returncode == 3


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("claims.jsonl", '{"claim": "x", "evidence": []}\n{"claim": 3, "evidence": []}', "claims.jsonl:2, claim"),
        ("claims.jsonl", "{", "claims.jsonl:1"),
        ("claims.jsonl", "", "holds no claim"),
        ("report.md", "Words.", "--sources"),
    ],
)
def test_bad_input_is_told_with_its_place(quire: Quire, tmp_path: Path, name: str, text: str, told: str) -> None:
    file = tmp_path / name
    file.write_text(text)

    done = quire("verify", str(file))

    assert done.returncode == 2
    assert told in done.stderr


def test_over_http_a_claim_is_verified_and_a_wrong_field_refused() -> None:
    with quire_server() as address, httpx.Client(base_url=address, timeout=30) as client:
        found = client.post("/verify", json={"claim": HEIGHT, "evidence": [HEIGHT]})
        refused = client.post("/verify", json={"claim": HEIGHT, "evidence": [3]})
        no_text = client.post("/verify", content=b"\xa0Y", headers={"content-type": "application/json"})
        no_json = client.post("/verify", content=b"{", headers={"content-type": "application/json"})

    assert (422, 422) == (no_text.status_code, no_json.status_code)
    assert "UTF-8" in no_text.text
    assert found.json()["verdict"] == "supported"
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "evidence[0]"
