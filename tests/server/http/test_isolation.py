"""No caller reaches another tenant's document: every route, with every kind of id, as one that is not there."""

import re
import time
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from serving import DATABASES, quire_server
from toys import section, toy_brief

BRIEF = toy_brief(section("height"))
ACME, BETA = {"Authorization": "Bearer key-a"}, {"Authorization": "Bearer key-b"}
ABSENT = "0" * 32
MALFORMED = (
    " ",
    "a b",
    "a" * 65,
    "a\0b",
    "a\nb",
    "é",
    "' OR 1=1 --",
    "%",
    "a?b",
    "{run_id}",
    "a;b",
    "-" * 300,
)
BODY = {"type": "fact", "name": "a", "value": 1}


@pytest.fixture(scope="module", params=DATABASES)
def http(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        if request.param == "postgres":
            patched.setenv("QUIRE_DATABASE_URL", request.getfixturevalue("postgres").database())
        patched.setenv("QUIRE_API_KEYS", "key-a:acme,key-b:beta")
        with quire_server() as address, httpx.Client(base_url=address, timeout=30) as client:
            yield client


def begun(http: httpx.Client, **more: dict) -> str:
    accepted = http.post("/documents", json={**BRIEF, **more}, headers=ACME)
    http.get(f"/documents/{accepted.json()['id']}", headers=ACME)
    return str(accepted.json()["id"])


def routes(http: httpx.Client) -> list[tuple[str, str]]:
    """Give every route that names a document."""
    paths = http.get("/openapi.json", headers=ACME).json()["paths"]
    return [(method.upper(), path) for path, methods in paths.items() if "{run_id}" in path for method in methods]


def asked(http: httpx.Client, method: str, path: str, run: str, **headers: str) -> httpx.Response:
    body = BODY if method == "POST" and path.endswith("events") else None
    return http.request(method, path.replace("{run_id}", quote(run, safe="")), json=body, headers={**BETA, **headers})


def test_another_tenants_document_is_answered_on_every_route_as_one_that_is_not_there(http: httpx.Client) -> None:
    waiting, finished = begun(http, options={"approve": ["plan"]}), begun(http)
    http.get(f"/documents/{finished}/events", headers=ACME)
    before = {run: http.get(f"/documents/{run}", headers=ACME).json() for run in (waiting, finished)}
    cells = 0
    for method, path in routes(http):
        absent = asked(http, method, path, ABSENT)
        assert 404 == absent.status_code
        for run in (waiting, finished, *MALFORMED):
            for headers in ({}, {"Last-Event-ID": "0"}, {"Accept": "application/json"}):
                refused = asked(http, method, path, run, **headers)
                assert (404, absent.content) == (refused.status_code, refused.content), (method, path, run)
                cells += 1

    assert cells >= 6 * 3 * (2 + len(MALFORMED))
    assert before == {run: http.get(f"/documents/{run}", headers=ACME).json() for run in before}


def test_a_page_cannot_be_asked_for_behind_another_tenants_document(http: httpx.Client) -> None:
    theirs = begun(http)

    listed = http.get("/documents", params={"after": theirs}, headers=BETA).json()

    assert {"documents": [], "next": None} == listed


def test_a_key_of_another_tenant_finds_nothing_under_the_same_idempotency_key(http: httpx.Client) -> None:
    key = {"Idempotency-Key": "shared"}
    first, second = (http.post("/documents", json=BRIEF, headers={**who, **key}) for who in (ACME, BETA))

    assert (202, 202) == (first.status_code, second.status_code)
    assert first.json()["id"] != second.json()["id"]


def test_over_langserve_nobody_continues_another_tenants_run(http: httpx.Client) -> None:
    theirs = begun(http, options={"approve": ["plan"]})
    sent = {"input": {**BRIEF, "id": theirs}}

    written = http.post("/langserve/document/invoke", json=sent, headers=BETA).json()["output"]

    assert theirs != written["id"]
    assert 404 == http.get(f"/documents/{written['id']}", headers=ACME).status_code
    configured = {**sent, "config": {"configurable": {"thread_id": theirs, "checkpoint_id": theirs, "id": theirs}}}
    again = http.post("/langserve/document/invoke", json=configured, headers=BETA).json()["output"]
    assert again["id"] not in {theirs, written["id"]}
    told = (http.get(f"/documents/{theirs}", headers=ACME).json()["status"] for _ in range(300) if not time.sleep(0.1))
    assert "waiting" in told


@pytest.mark.long
@pytest.mark.parametrize("endpoint", ["stream_log", "stream_events", "playground/", "c/N4XyA/invoke"])
def test_with_keys_what_shows_the_inside_is_not_there(http: httpx.Client, endpoint: str) -> None:
    for path in ("document", "agents/writer"):
        assert 404 == http.post(f"/langserve/{path}/{endpoint}", json={"input": BRIEF}, headers=ACME).status_code


@pytest.mark.long
def test_no_route_but_health_and_the_page_answers_without_a_key(http: httpx.Client) -> None:
    documents = http.get("/openapi.json", headers=ACME).json()["paths"]
    langserve = http.get("/langserve/openapi.json", headers=ACME).json()["paths"]
    paths = [(p, m) for p, methods in documents.items() for m in methods if p != "/health"]
    paths += [(f"/langserve{p}", m) for p, methods in langserve.items() for m in methods]

    for path, method in paths:
        assert 401 == http.request(method, re.sub(r"\{.*?\}", ABSENT, path)).status_code, path
    assert len(paths) > 40
