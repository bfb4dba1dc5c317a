"""Documents over HTTP, with a real server and a real client."""

import json
from collections.abc import Iterator

import httpx
import pytest
from serving import quire_server
from toys import section, toy_brief

BRIEF = toy_brief(section("height"), section("yards", "height"))
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="module")
def http(_home: None) -> Iterator[httpx.Client]:
    with quire_server() as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def frames(response: httpx.Response) -> list[tuple[int, str, dict]]:
    """Read server-sent events: number, type, event."""
    got, frame = [], dict[str, str]()
    for line in response.iter_lines():
        name, _, value = line.partition(": ")
        if line and name in {"id", "event", "data"}:
            frame[name] = value
        elif not line and frame:
            got.append((int(frame["id"]), frame["event"], json.loads(frame["data"])))
            frame = {}
    return got


def posted(http: httpx.Client, brief: dict = BRIEF) -> str:
    accepted = http.post("/documents", json=brief)
    assert 202 == accepted.status_code, accepted.text
    return accepted.headers["location"]


def followed(http: httpx.Client, document: str, **headers: str) -> list[tuple[int, str, dict]]:
    with http.stream("GET", f"{document}/events", headers=headers) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        return frames(response)


def test_a_posted_brief_is_accepted_followed_and_fetched(http: httpx.Client) -> None:
    accepted = http.post("/documents", json=BRIEF)
    told = accepted.json()
    events = followed(http, told["links"]["self"])

    assert {"self": accepted.headers["location"]} == {"self": told["links"]["self"]}
    assert list(range(1, len(events) + 1)) == [n for n, _, _ in events]
    assert "RunEnded" == events[-1][1]
    report = http.get(told["links"]["self"]).json()
    assert ("done", told["id"]) == (report["status"], report["id"])


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("md", "text/markdown"),
        ("html", "text/html"),
        ("json", "application/json"),
        ("pdf", "application/pdf"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_the_document_is_given_in_every_format(http: httpx.Client, name: str, media: str) -> None:
    document = posted(http)
    followed(http, document)

    given = http.get(f"{document}/content", params={"format": name})

    assert (200, True) == (given.status_code, given.headers["content-type"].startswith(media))
    assert given.content


def test_a_follower_who_comes_back_misses_nothing_and_hears_nothing_twice(http: httpx.Client) -> None:
    document = posted(http)
    whole = followed(http, document)

    for seen in range(len(whole)):
        assert whole[seen:] == followed(http, document, **{"Last-Event-ID": str(seen)})


def test_events_are_given_in_pages_of_json(http: httpx.Client) -> None:
    document = posted(http)
    whole = followed(http, document)

    page = http.get(
        f"{document}/events", params={"after": 3, "limit": 2}, headers={"Accept": "application/json"}
    ).json()

    assert ([event for _, _, event in whole[3:5]], 5) == (page["events"], page["next"])


def test_a_question_is_answered_over_http(http: httpx.Client) -> None:
    document = posted(http, {**BRIEF, "options": {"approve": ["section:height"]}})
    while http.get(document).json()["status"] != "waiting":
        pass

    told = http.post(f"{document}/events", json={"type": "answer", "question": "section:height", "decision": "approve"})
    followed(http, document)

    assert 202 == told.status_code
    assert "done" == http.get(document).json()["status"]


def test_a_document_can_be_cancelled_and_is_then_closed(http: httpx.Client) -> None:
    document = posted(http, {**BRIEF, "options": {"approve": ["plan"]}})
    while http.get(document).json()["status"] != "waiting":
        pass

    assert 202 == http.post(f"{document}/cancel").status_code
    followed(http, document)

    assert "cancelled" == http.get(document).json()["status"]
    assert 409 == http.post(f"{document}/events", json={"type": "fact", "name": "a", "value": 1}).status_code


@pytest.mark.parametrize(
    ("brief", "field"),
    [
        pytest.param({**BRIEF, "sources": ["code.md"]}, "sources[0]", id="a path as a source"),
        pytest.param({**BRIEF, "blueprint": "/etc/passwd"}, "blueprint", id="a path as a blueprint"),
        pytest.param({**BRIEF, "nonsense": 1}, "nonsense", id="an unknown key"),
    ],
)
def test_a_brief_that_cannot_be_used_is_a_problem_that_names_the_field(
    http: httpx.Client, brief: dict, field: str
) -> None:
    refused = http.post("/documents", json=brief)

    assert (422, PROBLEM) == (refused.status_code, refused.headers["content-type"])
    assert field in [e["field"] for e in refused.json()["errors"]]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/documents/absent", 404),
        ("GET", "/documents/absent/events", 404),
        ("GET", "/documents/absent/content", 404),
        ("POST", "/documents/absent/cancel", 404),
        ("GET", "/nowhere", 404),
        ("DELETE", "/documents", 405),
        ("POST", "/documents", 422),
    ],
)
def test_every_error_is_a_problem_document(http: httpx.Client, method: str, path: str, status: int) -> None:
    refused = http.request(method, path)

    assert (status, PROBLEM) == (refused.status_code, refused.headers["content-type"])


def test_the_service_says_that_it_is_up(http: httpx.Client) -> None:
    assert {"status": "ok"} == http.get("/health").json()


def test_a_document_is_shown_under_its_title(http: httpx.Client) -> None:
    run = http.post("/documents", json=BRIEF).json()["id"]

    assert BRIEF["title"] == http.get(f"/documents/{run}").json()["title"]


def test_whoever_looks_for_the_api_finds_its_routes(http: httpx.Client) -> None:
    shown = http.get("/docs")

    assert 200 == shown.status_code
    assert "GET /documents/{run_id}/content" in shown.text
    assert 'href="openapi.json"' in shown.text
    assert 200 == http.get("/openapi.json").status_code
