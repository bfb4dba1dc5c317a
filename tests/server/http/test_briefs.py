"""Briefs as they come in over HTTP: as JSON, as YAML, with files, sent twice, too large."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import yaml
from reader_inputs import INPUTS
from serving import quire_server
from toys import SOURCE, section, toy_brief

BRIEF = toy_brief(section("height"))
PROBLEM = "application/problem+json"
FILE = ("files", ("code.md", SOURCE["text"].encode()))


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        with quire_server() as address, httpx.Client(base_url=address, timeout=60) as client:
            yield client


def with_files(http: httpx.Client, brief: dict, *files: tuple, name: str = "brief.json") -> httpx.Response:
    text = json.dumps(brief) if name.endswith("json") else yaml.safe_dump(brief)
    return http.post("/documents", files=[("brief", (name, text)), *files])


def finished(http: httpx.Client, accepted: httpx.Response) -> dict:
    assert 202 == accepted.status_code, accepted.text
    http.get(accepted.json()["links"]["events"])
    return http.get(accepted.headers["location"]).json()


@pytest.mark.parametrize("name", ["brief.json", "brief.yaml"])
def test_files_are_sent_beside_the_brief_that_names_them(http: httpx.Client, name: str) -> None:
    accepted = with_files(http, {**BRIEF, "sources": ["code.md"]}, FILE, name=name)

    assert "done" == finished(http, accepted)["status"]
    assert "40 feet" in http.get(accepted.json()["links"]["content"], params={"format": "md"}).text


@pytest.mark.parametrize(
    ("name", "told"), [("haushalt.xlsx", "13,100.50"), ("huur.pptx", "1.010"), ("fence.eml", "Oak")]
)
def test_files_of_every_kind_are_sent(http: httpx.Client, name: str, told: str) -> None:
    made = next(each.make for each in INPUTS if each.name == name)()
    brief = {"blueprint": "general-report", "title": "T", "facts": {"subject": "fees"}, "sources": [name]}

    accepted = with_files(http, brief, ("files", (name, made)))

    assert "partial" == finished(http, accepted)["status"]
    assert told in http.get(accepted.json()["links"]["content"], params={"format": "md"}).text


def test_a_brief_may_be_a_plain_field_of_the_form(http: httpx.Client) -> None:
    brief = json.dumps({**BRIEF, "sources": ["code.md"]})

    assert 202 == http.post("/documents", data={"brief": brief}, files=[FILE]).status_code


def test_a_brief_may_be_yaml(http: httpx.Client) -> None:
    sent = http.post("/documents", content=yaml.safe_dump(BRIEF), headers={"Content-Type": "application/yaml"})

    assert "done" == finished(http, sent)["status"]


@pytest.mark.parametrize(
    ("sources", "files", "field"),
    [
        pytest.param(["*.md"], [FILE], "sources[0]", id="a glob"),
        pytest.param(["../code.md"], [FILE], "sources[0]", id="a path"),
        pytest.param(["code.md"], [], "sources[0]", id="a file that is not sent"),
        pytest.param([], [FILE], "files", id="a file that no source names"),
        pytest.param(["code.md"], [FILE, FILE], "files[1]", id="a file sent twice"),
        pytest.param(["code.md"], [FILE, ("more", ("a.md", b"# a"))], "more", id="another part"),
        pytest.param(["a.pdf"], [("files", ("a.pdf", b"not a pdf"))], "sources[0]", id="a file that cannot be read"),
    ],
)
def test_files_and_sources_that_do_not_fit_are_named(
    http: httpx.Client, sources: list, files: list, field: str
) -> None:
    refused = with_files(http, {**BRIEF, "sources": sources}, *files)

    assert (422, PROBLEM) == (refused.status_code, refused.headers["content-type"])
    assert field in [e["field"] for e in refused.json()["errors"]]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"{", id="cut off"),
        pytest.param(b'{"title": NaN}', id="not a number"),
        pytest.param(b'{"a": 1, "a": 2}', id="a key twice"),
        pytest.param(b"[" * 5_000, id="deep"),
        pytest.param(b'"\xff"', id="not UTF-8"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"null", id="nothing"),
        pytest.param(b'{"blueprint": "\\ud800"}', id="half a character"),
        pytest.param(b'{"blueprint": "general-report", "title": "a\\u0000"}', id="a NUL"),
        pytest.param(b"1" * 5_000, id="a long number"),
    ],
)
@pytest.mark.parametrize("path", ["/documents", "/documents/{run}/events"])
def test_json_that_cannot_be_used_is_refused_with_the_place(http: httpx.Client, path: str, body: bytes) -> None:
    waiting = http.post("/documents", json={**BRIEF, "options": {"approve": ["plan"]}}).json()["id"]

    refused = http.post(path.format(run=waiting), content=body, headers={"Content-Type": "application/json"})

    assert (422, PROBLEM) == (refused.status_code, refused.headers["content-type"])
    assert refused.json()["errors"]


def test_a_body_of_another_type_is_refused(http: httpx.Client) -> None:
    refused = http.post("/documents", content=b"<brief/>", headers={"Content-Type": "application/xml"})

    assert (415, PROBLEM) == (refused.status_code, refused.headers["content-type"])


def test_a_body_that_declares_too_much_is_refused_unread(http: httpx.Client) -> None:
    refused = http.post("/documents/x/events", content=b" " * 1_000_001)

    assert (413, PROBLEM) == (refused.status_code, refused.headers["content-type"])


def test_a_body_that_grows_too_large_is_refused_while_it_comes(http: httpx.Client) -> None:
    waiting = http.post("/documents", json={**BRIEF, "options": {"approve": ["plan"]}}).json()["id"]

    refused = http.post(f"/documents/{waiting}/events", content=(b" " * 100_000 for _ in range(12)))

    assert (413, PROBLEM) == (refused.status_code, refused.headers["content-type"])


def test_the_same_key_begins_one_run_and_gives_the_same_answer(http: httpx.Client) -> None:
    key = {"Idempotency-Key": "a"}
    first, again = (http.post("/documents", json=BRIEF, headers=key) for _ in range(2))

    assert (202, first.content, first.headers["location"]) == (
        again.status_code,
        again.content,
        again.headers["location"],
    )
    assert "true" == again.headers["idempotency-replayed"]


def test_a_key_is_told_by_what_is_asked_and_not_by_how_it_was_sent(http: httpx.Client) -> None:
    key = {"Idempotency-Key": "multipart"}
    brief = {**BRIEF, "sources": ["code.md"]}
    sent = [
        http.post("/documents", files=[("brief", ("brief.json", json.dumps(brief))), FILE], headers=key)
        for _ in range(2)
    ]

    assert 1 == len({answer.json()["id"] for answer in sent})


def test_the_same_key_with_another_brief_is_refused(http: httpx.Client) -> None:
    key = {"Idempotency-Key": "b"}
    http.post("/documents", json=BRIEF, headers=key)

    refused = http.post("/documents", json={**BRIEF, "title": "Another"}, headers=key)

    assert (422, PROBLEM) == (refused.status_code, refused.headers["content-type"])


def test_a_brief_that_cannot_be_used_leaves_its_key_free(http: httpx.Client) -> None:
    key = {"Idempotency-Key": "c"}
    refused = http.post("/documents", json={**BRIEF, "nonsense": 1}, headers=key)

    assert (422, 202) == (refused.status_code, http.post("/documents", json=BRIEF, headers=key).status_code)


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_has_1_to_255_characters(http: httpx.Client, key: str) -> None:
    refused = http.post("/documents", json=BRIEF, headers={"Idempotency-Key": key})

    assert "Idempotency-Key" in [e["field"] for e in refused.json()["errors"]]


def test_a_hundred_posts_with_one_key_begin_one_run(http: httpx.Client) -> None:
    def post(_: int) -> httpx.Response:
        return http.post("/documents", json=BRIEF, headers={"Idempotency-Key": "hundred"})

    before = len(http.get("/documents").json()["documents"])
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(post, range(100)))

    assert {202, 409} >= {a.status_code for a in answers}
    assert 1 == len({a.json()["id"] for a in answers if a.status_code == 202})
    assert before + 1 == len(http.get("/documents", params={"limit": 1000}).json()["documents"])


@pytest.mark.long
def test_a_tenant_has_a_bound_on_what_is_at_work(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setenv("QUIRE_MAX_OPEN_RUNS", "2")
    with quire_server() as address, httpx.Client(base_url=address, timeout=60) as client, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: client.post("/documents", json=BRIEF), range(8)))

    refused = [a for a in answers if a.status_code == 429]
    assert refused
    assert all("retry-after" in a.headers and PROBLEM == a.headers["content-type"] for a in refused)
