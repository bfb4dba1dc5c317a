"""A brief names a Word template: from a file by its path, over a network with its bytes."""

import base64
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import httpx
import pytest
from cli import Quire
from serving import quire_server
from toys import section, toy_brief

from tests.nodes.render.templates import firm


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        with quire_server() as address, httpx.Client(base_url=address, timeout=60) as client:
            yield client


def asked(template: object) -> dict:
    return toy_brief(section("height"), options={"template": template})


def headed(data: bytes) -> str:
    return docx.Document(BytesIO(data)).sections[0].header.paragraphs[0].text


@pytest.mark.long
def test_a_template_beside_the_brief_is_used_and_what_it_lacks_is_a_warning(quire: Quire, tmp_path: Path) -> None:
    (tmp_path / "firm.docx").write_bytes(firm())
    (tmp_path / "brief.json").write_text(json.dumps(asked("firm.docx")))
    done = quire(
        "write", str(tmp_path / "brief.json"), "--run-id", "one", "--out", str(tmp_path), "--format", "docx,md"
    )
    warnings = json.loads((tmp_path / "run.json").read_text())["warnings"]

    assert 0 == done.returncode, done.stderr
    assert "Harbour & Partners" == headed((tmp_path / "document.docx").read_bytes())
    assert "the template has no style “Quote”: Quire's own stands in" in warnings
    assert "the template asks for the fact “client”, which the brief does not state" in warnings
    assert "template" not in (tmp_path / "document.md").read_text()
    assert 0 == quire("review", "one", "--out", str(tmp_path / "review.docx")).returncode
    assert "Harbour & Partners" == headed((tmp_path / "review.docx").read_bytes())


def test_a_template_that_is_none_is_refused_by_its_field(quire: Quire, tmp_path: Path) -> None:
    (tmp_path / "firm.docx").write_bytes(b"no file of Word")
    (tmp_path / "brief.json").write_text(json.dumps(asked("firm.docx")))
    told = " ".join(quire("check", str(tmp_path / "brief.json")).stderr.split())

    assert "options.template" in told
    assert "not a whole zip container" in told


@pytest.mark.long
def test_over_http_it_comes_with_the_brief_and_a_path_is_refused(http: httpx.Client) -> None:
    refused = http.post("/documents", json=asked("firm.docx"))
    inline = http.post("/documents", json=asked({"name": "firm.docx", "base64": base64.b64encode(firm()).decode()}))
    form = [("brief", ("brief.json", json.dumps(asked("firm.docx")))), ("files", ("firm.docx", firm()))]
    sent = http.post("/documents", files=form)

    assert (422, "options.template") == (refused.status_code, refused.json()["errors"][0]["field"])
    for accepted in (inline, sent):
        assert httpx.codes.ACCEPTED == accepted.status_code, accepted.text
        links = accepted.json()["links"]
        http.get(links["events"])  # to its end
        assert "Harbour & Partners" == headed(http.get(links["content"], params={"format": "docx"}).content)
