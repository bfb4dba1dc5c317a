"""Whatever is sent, the server answers as its OpenAPI document says, and never with a fault of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from serving import ROOT, quire_server

PROBLEM_STATUSES = {"401", "403", "422"}
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance,negative_data_rejection,unsupported_method,ignored_auth"
)


def explored(address: str, folder: Path, examples: int, *more: str, seed: int = 1) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable, str(ROOT / "tests" / "exploring.py"), "run", f"{address}/openapi.json", "--no-color",
        "-H", "Authorization: Bearer key-a", "--checks", CHECKS, "--max-examples", str(examples), "--seed", str(seed),
        "--generation-database", "none", "--request-timeout", "20", "--suppress-health-check", "all", *more,
    ]  # fmt: skip
    env = {**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": str(folder)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("QUIRE_API_KEYS", "key-a:acme")
    monkeypatch.setenv("QUIRE_MAX_OPEN_RUNS", "5")
    with quire_server() as served:
        yield served


@pytest.mark.long
def test_every_refusal_a_route_may_give_is_described(address: str) -> None:
    document = httpx.get(f"{address}/openapi.json", headers={"X-API-Key": "key-a"}).json()

    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            described = set(operation["responses"])
            assert path == "/health" or {"401", "403"} <= described, (path, method)
            for status in PROBLEM_STATUSES & described:
                assert ["application/problem+json"] == list(operation["responses"][status]["content"]), (path, method)


@pytest.mark.long
def test_what_is_sent_at_random_is_answered_as_described(address: str, tmp_path: Path) -> None:
    run = explored(address, tmp_path, 3, "--phases", "examples,fuzzing")

    assert 0 == run.returncode, run.stdout[-4000:] + run.stderr[-2000:]


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_requests_are_answered_as_described(address: str, tmp_path: Path, seed: int) -> None:
    run = explored(address, tmp_path, 60, "--phases", "examples,coverage,fuzzing", seed=seed)

    made = sum(int(n.replace(",", "")) for n in re.findall(r"([\d,]+) generated", run.stdout))
    assert 0 == run.returncode, run.stdout[-4000:] + run.stderr[-2000:]
    assert made >= 1_000, run.stdout[-2000:]
