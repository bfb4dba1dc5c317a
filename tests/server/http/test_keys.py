"""Keys and tenants: what a caller may reach, and what a server without keys refuses."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from serving import quire_server
from toys import section, toy_brief

BRIEF = toy_brief(section("height"))
PROBLEM = "application/problem+json"
ACME, BETA = {"Authorization": "Bearer key-a"}, {"X-API-Key": "key-b"}


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        patched.setenv("QUIRE_API_KEYS", "key-a:acme,key-b:beta")
        with quire_server() as address, httpx.Client(base_url=address, timeout=30) as client:
            yield client


@pytest.fixture(scope="module")
def open_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        patched.delenv("QUIRE_API_KEYS", raising=False)
        with quire_server() as address, httpx.Client(base_url=address, timeout=30) as client:
            yield client


@pytest.mark.parametrize(
    "path",
    [
        "/documents",
        "/documents/x",
        "/openapi.json",
        "/metrics",
        "/langserve/document/input_schema",
        "/langserve/agents/writer/output_schema",
        "/langserve/openapi.json",
        "/nowhere",
    ],
)
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer key-c"}, {"Authorization": "Basic key-a"}])
def test_everything_needs_a_key_once_keys_are_set(keyed: httpx.Client, path: str, headers: dict[str, str]) -> None:
    refused = keyed.get(path, headers=headers)

    assert (401, PROBLEM) == (refused.status_code, refused.headers["content-type"])
    assert refused.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.long
def test_the_health_of_the_service_needs_no_key(keyed: httpx.Client) -> None:
    assert 200 == keyed.get("/health").status_code


def test_a_tenant_sees_its_own_documents_and_no_others(keyed: httpx.Client) -> None:
    document = keyed.post("/documents", json=BRIEF, headers=ACME).headers["location"]

    assert 200 == keyed.get(document, headers=ACME).status_code
    assert document.rpartition("/")[2] in [d["id"] for d in keyed.get("/documents", headers=ACME).json()["documents"]]
    assert [] == keyed.get("/documents", headers=BETA).json()["documents"]


def test_another_tenants_document_is_answered_as_one_that_is_not_there(keyed: httpx.Client) -> None:
    document = keyed.post("/documents", json=BRIEF, headers=ACME).headers["location"]

    theirs, absent = keyed.get(document, headers=BETA), keyed.get("/documents/absent", headers=BETA)

    assert (404, absent.content) == (theirs.status_code, theirs.content)


@pytest.mark.long
def test_a_key_that_is_taken_out_of_the_file_lets_nobody_in_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "keys"
    file.write_text("key-a:acme   # the first\n\nkey-b:beta\n")
    monkeypatch.setenv("QUIRE_API_KEYS_FILE", str(file))
    with quire_server() as address, httpx.Client(base_url=address, timeout=30) as client:
        assert [401, 200, 200] == [client.get("/documents", headers=h).status_code for h in ({}, ACME, BETA)]
        file.write_text("key-b:beta\nkey-c:acme\n")
        assert [401, 200] == [client.get("/documents", headers=h).status_code for h in (ACME, BETA)]
        assert 200 == client.get("/documents", headers={"X-API-Key": "key-c"}).status_code
        file.write_text("key-b")
        assert 401 == client.get("/documents", headers=BETA).status_code
        file.unlink()
        assert [401, 401] == [client.get("/documents", headers=h).status_code for h in (ACME, BETA)]
        assert 200 == client.get("/health").status_code


@pytest.mark.long
@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_without_keys_another_host_name_is_refused(open_server: httpx.Client, host: str) -> None:
    refused = open_server.get("/documents", headers={"Host": host})

    assert (403, PROBLEM) == (refused.status_code, refused.headers["content-type"])


@pytest.mark.parametrize("origin", ["http://evil.example", "null"])
def test_without_keys_another_sites_page_is_refused(open_server: httpx.Client, origin: str) -> None:
    refused = open_server.post("/documents", json=BRIEF, headers={"Origin": origin})

    assert 403 == refused.status_code


def test_without_keys_this_machines_own_page_is_served(open_server: httpx.Client) -> None:
    origin = str(open_server.base_url).rstrip("/")

    assert 202 == open_server.post("/documents", json=BRIEF, headers={"Origin": origin}).status_code


def test_no_other_site_is_let_in_by_a_header(open_server: httpx.Client) -> None:
    asked = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}

    answered = open_server.options("/documents", headers=asked)

    assert not [name for name in answered.headers if name.startswith("access-control-")]


def test_every_answer_tells_the_browser_to_run_nothing(open_server: httpx.Client) -> None:
    for path in ("/documents", "/nowhere", "/health"):
        headers = open_server.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert ("nosniff", "no-store") == (headers["x-content-type-options"], headers["cache-control"])
