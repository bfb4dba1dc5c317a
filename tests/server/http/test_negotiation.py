"""A document in the type that a client accepts, its events likewise, and a list that can be filtered."""

from collections.abc import Iterator

import httpx
import pytest
from serving import quire_server
from toys import section, toy_brief

PDF, JSON = "application/pdf", "application/json"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        with quire_server() as address:
            for title in ("Height of the mill", "Yards of the mill", "Signs"):
                brief = {**toy_brief(section("height")), "title": title}
                begun = httpx.post(f"{address}/documents", json=brief, timeout=30).json()
                httpx.get(f"{address}{begun['links']['events']}", timeout=60)
            yield f"{address}/documents"


@pytest.mark.long
@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "text/html"),
        ("*/*", "text/html"),
        ("text/*", "text/html"),
        (PDF, PDF),
        ("text/markdown", "text/markdown"),
        (JSON, JSON),
        (WORD, WORD),
        ("image/png, application/pdf;q=0.4, application/json;q=0.6", JSON),
        ("text/html;q=0, */*", "text/markdown"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
    ],
)
def test_a_document_comes_as_the_client_accepts_it(documents: str, accept: str | None, media: str) -> None:
    newest = httpx.get(documents).json()["documents"][0]["id"]
    answer = httpx.get(f"{documents}/{newest}/content", headers={"Accept": accept} if accept else {}, timeout=60)

    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media)
    assert answer.headers["vary"] == "Accept"


def test_what_is_named_goes_before_what_is_accepted(documents: str) -> None:
    newest = httpx.get(documents).json()["documents"][0]["id"]
    answer = httpx.get(f"{documents}/{newest}/content?format=pdf", headers={"Accept": JSON}, timeout=60)

    assert answer.headers["content-type"] == PDF


@pytest.mark.parametrize("accept", ["image/png", "application/xml", "text/html;q=0, application/xml"])
@pytest.mark.parametrize("part", ["content", "events"])
def test_a_type_that_there_is_not_is_refused_with_those_that_there_are(documents: str, part: str, accept: str) -> None:
    newest = httpx.get(documents).json()["documents"][0]["id"]
    answer = httpx.get(f"{documents}/{newest}/{part}", headers={"Accept": accept}, timeout=60)

    assert answer.status_code == 406
    assert JSON in answer.json()["detail"]


@pytest.mark.long
def test_the_list_is_filtered_and_comes_in_pages(documents: str) -> None:
    def titles(**asked: object) -> list[str]:
        return [each["title"] for each in httpx.get(documents, params=asked).json()["documents"]]  # type: ignore[arg-type] # plain values

    assert titles() == ["Signs", "Yards of the mill", "Height of the mill"]
    assert titles(title="MILL") == ["Yards of the mill", "Height of the mill"]
    assert titles(status=["done", "failed"]) == titles()
    assert titles(status="waiting") == []
    (kind,) = {each["kind"] for each in httpx.get(documents).json()["documents"]}
    assert titles(kind=kind) == titles()
    assert titles(kind="another") == []
    first = httpx.get(documents, params={"title": "mill", "limit": 1}).json()
    second = httpx.get(documents, params={"title": "mill", "limit": 1, "after": first["next"]}).json()
    assert [page["documents"][0]["title"] for page in (first, second)] == titles(title="mill")
