"""A finished document over HTTP: edited into a new version, compared, sent out as a Word file, and taken back."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
import httpx
import pytest
from following import chain
from serving import quire_server

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WAS, OWN = "Pump 0 moves 20 litres in a minute.", "Pump 0 lifts 20 litres in a minute."


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        with quire_server() as address, httpx.Client(base_url=address, timeout=60) as client:
            yield client


@pytest.fixture(scope="module")
def first(http: httpx.Client) -> str:
    return finished(http, http.post("/documents", json=chain(2)))


def finished(http: httpx.Client, accepted: httpx.Response) -> str:
    assert accepted.status_code == httpx.codes.ACCEPTED, accepted.text
    run = str(accepted.json()["id"])
    http.get(f"/documents/{run}/events")  # to its end
    return run


def edited(http: httpx.Client, run: str, **edit: Any) -> httpx.Response:
    return http.post("/documents", json={"from": run, "edits": [{"section": "part-0", "claim": "c1", **edit}]})


def test_an_edit_of_a_finished_document_is_a_version_that_differs_in_it(http: httpx.Client, first: str) -> None:
    second = finished(http, edited(http, first, text=OWN, by="Ada"))
    told = http.get(f"/documents/{second}/changes").json()

    assert first == told["against"] == http.get(f"/documents/{second}").json()["follows"]
    assert {"section": "part-0", "change": "changed", "before": WAS, "now": OWN} in told["changes"]
    assert {"part-0"} == {one["section"] for one in told["changes"]}
    assert [] == http.get(f"/documents/{second}/changes", params={"against": second}).json()["changes"]
    assert httpx.codes.CONFLICT == http.get(f"/documents/{first}/changes").status_code, "it follows no other"


def test_an_edit_based_on_other_words_is_refused_with_what_stands_there(http: httpx.Client, first: str) -> None:
    refused = edited(http, first, text=OWN, based_on="0" * 16)

    assert httpx.codes.CONFLICT == refused.status_code, refused.text
    assert WAS in refused.text


@pytest.mark.long
def test_a_word_file_goes_out_and_comes_back_as_a_version(http: httpx.Client, first: str) -> None:
    word = docx.Document(BytesIO(http.get(f"/documents/{first}/review").content))
    run = next(run for line in word.paragraphs for run in line.runs if WAS in run.text)
    run.text = OWN
    file = BytesIO()
    word.save(file)
    back = http.post(
        f"/documents/{first}/returned", params={"by": "Ada"}, content=file.getvalue(), headers={"Content-Type": WORD}
    )
    second = finished(http, back)

    assert (1, 0, []) == tuple(back.json()[key] for key in ("edits", "instructions", "not_taken_up"))
    assert OWN in [one["now"] for one in http.get(f"/documents/{second}/changes").json()["changes"]]


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [
        (b"PK no zip", WORD, httpx.codes.UNPROCESSABLE_ENTITY),
        (b"{}", "application/json", httpx.codes.UNSUPPORTED_MEDIA_TYPE),
    ],
)
def test_what_is_no_word_file_is_refused(
    http: httpx.Client, first: str, content: bytes, media: str, status: int
) -> None:
    answer = http.post(f"/documents/{first}/returned", content=content, headers={"Content-Type": media})

    assert (status, "application/problem+json") == (answer.status_code, answer.headers["content-type"])
