"""Personal data of the sources reaches no model, no event, no document and no terminal; what it was is counted."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest
from cli import Quire
from model_server import ModelServer
from serving import quire_server
from toys import section

from quire.graphs.document.document_graph import build
from quire.graphs.events import DocumentRequested
from quire.graphs.kernel.agent_state import Scope
from quire.graphs.kernel.emitting import emit, envelope
from quire.graphs.run.run import open_run
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.sources.read import read

PERMITS = (
    "permit,applicant,applicant phone,decision,note\n"
    "Z-1,Ola Wintergreen,555-0101-77,Issued,Mr Wintergreen asked for a sign of 40 square feet\n"
    "Z-2,Corner Bakery LLC,555-0199-88,Denied,It asked for a sign of 60 square feet\n"
)
LETTER = """---
owner: Tamsin R. Oaksmith
subject: Signs
---
# A letter of Tamsin Oaksmith

Contact: Jan Korvald, phone: (216) 555-0188. The sign of Ola Wintergreen measures 40 square feet.

Write to jan.korvald@cobalt.example or to clerk@cobalt.example about signs. Her IBAN is DE89 3704 0044 0532 0130 00.

- **Date of birth:** 3 May 1961 of the person who asked for a sign
"""
SECRETS = ["Wintergreen", "555-0101-77", "Oaksmith", "Korvald", "555-0188", "jan.korvald", "DE89 3704", "3 May 1961"]
PLAIN = ["Corner Bakery LLC", "555-0199-88", "40 square feet"]
BLUEPRINT = {
    "name": "signs",
    "title": "Signs",
    "sections": [
        section("signs", words=900, instructions="Ola Wintergreen, Oaksmith, Korvald, signs, birth, IBAN, applicant"),
        section("figures", kind="table", compute="general.figures"),
        section("sources", kind="table", compute="general.sources"),
    ],
}


def asked(**more: Any) -> dict[str, Any]:
    sources = [{"name": "permits.csv", "text": PERMITS}, {"name": "letter.md", "text": LETTER}]
    return {"blueprint": BLUEPRINT, "title": "Signs", "sources": sources, **more}


def without_instructions() -> dict[str, Any]:
    """Give a brief whose own words name nobody."""
    first = {**BLUEPRINT["sections"][0], "instructions": "signs, birth, IBAN, applicant, owner, contact"}  # type: ignore[index]
    return asked(blueprint={**BLUEPRINT, "sections": [first, *BLUEPRINT["sections"][1:]]})  # type: ignore[index]


def left_in(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret.casefold() in text.casefold()]


def words_of(path: Path) -> str:
    """Give all that a file says, unpacked."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            return " ".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    if path.suffix == ".pdf":
        return " ".join(passage["text"] for passage in read("document.pdf", path.read_bytes())["passages"])
    return path.read_text("utf-8")


@pytest.mark.long
@pytest.mark.parametrize("model", [False, True], ids=["offline", "with a model"])
def test_it_reaches_nothing_and_nobody(quire: Quire, tmp_path: Path, *, model: bool) -> None:
    (tmp_path / "brief.json").write_text(json.dumps(without_instructions()))
    with ModelServer() as server:
        settings = {"OPENAI_BASE_URL": server.url} if model else {}
        told = quire("write", str(tmp_path / "brief.json"), "--run-id", "r", "--out", "out", "--json", **settings)
        prompts = json.dumps([request.body for request in server.asked], ensure_ascii=False)

    assert (model, []) == (bool(server.asked), left_in(prompts))
    assert [] == left_in(told.stdout + told.stderr)
    assert 6 == len(list((tmp_path / "out").iterdir()))
    assert {} == {f.name: left for f in (tmp_path / "out").iterdir() if (left := left_in(words_of(f)))}
    for command in (("explain", "r"), ("explain", "r", "signs"), ("events", "r", "--json"), ("timeline", "r")):
        assert [] == left_in(quire(*command).stdout)
    document = (tmp_path / "out/document.md").read_text()
    assert [] == [plain for plain in PLAIN if plain not in document and not model]
    assert any(b"Tamsin R. Oaksmith" in f.read_bytes() for f in (tmp_path / "home").glob("quire.db*"))


def test_what_is_withheld_is_counted_and_named(quire: Quire, tmp_path: Path) -> None:
    (tmp_path / "brief.json").write_text(json.dumps(without_instructions()))
    quire("write", str(tmp_path / "brief.json"), "--out", "out", "--format", "md")
    warnings = " ".join(json.loads((tmp_path / "out/run.json").read_text())["warnings"])

    document = (tmp_path / "out/document.md").read_text()

    assert "\\[name withheld\\]" in document
    for text in (warnings, document):
        assert "Personal data of the source “permits.csv” is withheld (applicant: 1 name; applicant phone: 1" in text
        assert "owner: 1 name" in text


async def test_the_brief_may_name_whom_it_wants() -> None:
    out = await build().ainvoke(asked(facts={"client": "Ola Wintergreen"}))

    assert "The sign of Ola Wintergreen measures" in out["markdown"]
    assert "Oaksmith" not in out["markdown"].replace("Ola Wintergreen, Oaksmith, Korvald", "")


async def test_a_blueprint_shows_what_it_needs_and_withholds_what_it_declares() -> None:
    blueprint = {**BLUEPRINT, "show_personal": ["Applicant", "owner*"], "personal": ["decision"]}

    out = await build().ainvoke(asked(blueprint=blueprint))

    assert "Ola Wintergreen" in out["markdown"]
    assert "555-0101-77" not in out["markdown"]
    assert "Denied" not in out["markdown"]
    assert "decision: 2 values" in out["markdown"]


async def test_a_blueprint_may_show_everything() -> None:
    out = await build().ainvoke(asked(blueprint={**BLUEPRINT, "show_personal": ["*"]}))

    assert [] == [said for said in ("applicant", "Ola Wintergreen", "555-0101-77") if said not in out["markdown"]]
    assert "withheld" not in out["markdown"]
    assert "Jan Korvald, phone: (216) 555-0188" in out["markdown"]


async def test_a_run_that_was_begun_before_anything_was_withheld_goes_on_as_it_was() -> None:
    record = MemoryRecord()
    run = open_run("r", record)
    handles = [{"name": "permits.csv", "hash": await record.put("r", PERMITS.encode())}]
    told = {"title": "T", "blueprint": {"name": "b"}, "facts": {}, "sources": handles, "options": {}}
    requested = DocumentRequested(**told)  # as an older release journalled it
    await run.blackboard.post([envelope(emit(requested), "document", None, 0, scope=Scope(run="r"))])

    assert "withholds" not in run.request
    assert (read("permits.csv", PERMITS.encode()),) == await run.readings()
    assert "Ola Wintergreen" in (await run.sources()).values  # which rules look for all the same


async def test_a_source_of_the_brief_declares_its_own_fields() -> None:
    sources = [{"name": "permits.csv", "text": PERMITS, "personal": ["permit", "DECISION"]}]

    out = await build().ainvoke(asked(sources=sources))

    assert "Z-1" not in out["markdown"]
    assert "Issued" not in out["markdown"]
    assert "\\[permit withheld\\]" in out["markdown"]


@pytest.mark.parametrize("order", [1, -1], ids=["before", "after"])
def test_files_declare_theirs_beside_their_path(quire: Quire, tmp_path: Path, order: int) -> None:
    (tmp_path / "permits.csv").write_text(PERMITS)
    sources = ["*.csv", {"path": "permits.csv", "personal": ["decision"]}][::order]
    (tmp_path / "brief.json").write_text(json.dumps(asked(sources=sources)))
    done = quire("write", str(tmp_path / "brief.json"), "--out", "out", "--format", "md")

    assert 0 == done.returncode, done.stderr
    assert "Denied" not in (tmp_path / "out/document.md").read_text()


def test_a_slip_in_a_declared_field_is_named_with_its_line(quire: Quire, tmp_path: Path) -> None:
    (tmp_path / "permits.csv").write_text(PERMITS)
    lines = [
        "blueprint: general-report", "title: Signs", "sources:", "  - path: permits.csv", "    personal:",
        "      - permit", "      - decisoin",
    ]  # fmt: skip
    (tmp_path / "brief.yaml").write_text("\n".join(lines) + "\n")
    done = quire("check", str(tmp_path / "brief.yaml"))

    assert 2 == done.returncode
    assert 'brief.yaml:7, sources[0].personal[1]: no field is called "decisoin"' in done.stderr
    assert 'did you mean "decision"?' in done.stderr


@pytest.mark.long
def test_a_file_that_is_sent_declares_its_fields_and_a_slip_is_a_problem() -> None:
    def form(title: str) -> dict[str, Any]:
        sent = asked(sources=[{"path": "permits.csv", "personal": [title]}])
        brief = ("brief.json", json.dumps(sent), "application/json")
        return {"files": [("brief", brief), ("files", ("permits.csv", PERMITS, "text/csv"))]}

    with quire_server() as server:
        good = httpx.post(f"{server}/documents", timeout=60, **form("decision"))
        slip = httpx.post(f"{server}/documents", timeout=60, **form("decisoin"))

    assert httpx.codes.ACCEPTED == good.status_code, good.text
    assert httpx.codes.UNPROCESSABLE_ENTITY == slip.status_code
    assert "sources[0].personal[0]" == slip.json()["errors"][0]["field"]


def test_a_blueprint_that_shows_what_it_withholds_is_refused(quire: Quire, tmp_path: Path) -> None:
    blueprint = {**BLUEPRINT, "personal": ["owner"], "show_personal": ["Owner"]}
    (tmp_path / "brief.json").write_text(json.dumps(asked(blueprint=blueprint)))
    done = quire("check", str(tmp_path / "brief.json"))

    assert 2 == done.returncode
    assert "show_personal[0]: 'Owner' also stands under personal" in done.stderr
