"""What a glob matches or a message holds and nobody can read is left out, and everybody is told."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from quire.graphs.document.document_graph import graph
from quire.graphs.intake.brief import decode, load
from quire.nodes.faults import BadInput

PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(100)
BRIEF = 'blueprint: general-report\ntitle: "Roof"\nfacts: {subject: roof}\nsources:\n'


def folder_with(folder: Path, sources: str, **files: bytes) -> Path:
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)
    path = folder / "brief.yaml"
    path.write_text(BRIEF + sources)
    return path


def mail(*attached: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "rosa@example.org", "The roof"
    message.set_content("The roof was replaced in 2021.\n")
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_a_glob_takes_what_can_be_read_and_names_the_rest(tmp_path: Path) -> None:
    brief = folder_with(
        tmp_path,
        "  - '*'\n",
        roof__md=b"The roof is new.\n",
        photo__png=PIXEL,
        half__pdf=b"%PDF-1.7\n",
        log__txt=b"\0\0",
    )
    asked = load(brief)
    assert [source["name"] for source in asked["sources"]] == ["roof.md"]
    assert {file["name"]: file["reason"].split(":")[0].split(" (")[0] for file in asked["left_out"]} == {
        "brief.yaml": "no reader for this type",
        "photo.png": "no reader for this type",
        "half.pdf": "broken",
        "log.txt": "not a text file",
    }


@pytest.mark.long
@pytest.mark.parametrize("sources", ["  - photo.png\n", "  - '*.png'\n", "  - half.pdf\n", "  - 'h*.pdf'\n"])
def test_a_file_named_by_itself_or_a_glob_of_nothing_else_is_refused(tmp_path: Path, sources: str) -> None:
    brief = folder_with(
        tmp_path, "  - roof.md\n" + sources, roof__md=b"Words.\n", photo__png=PIXEL, half__pdf=b"%PDF-1"
    )
    with pytest.raises(BadInput) as refused:
        load(brief)
    assert (refused.value.line, refused.value.field) == (6, "sources[1]")
    assert "photo.png: no reader" in str(refused.value) or "half.pdf: broken" in str(refused.value)


@pytest.mark.long
def test_what_a_message_holds_is_a_source_of_its_own(tmp_path: Path) -> None:
    inner = mail(("fees.csv", b"fee,price\nroof,120\n"))
    outer = mail(("plan.md", b"# Plan\n\nForty feet.\n"), ("logo.png", PIXEL), ("old.eml", inner))
    asked = load(folder_with(tmp_path, "  - mail.eml\n", mail__eml=outer))
    names = ["mail.eml", "mail.eml/plan.md", "mail.eml/old.eml", "mail.eml/old.eml/fees.csv"]
    assert [source["name"] for source in asked["sources"]] == names
    assert [file["name"] for file in asked["left_out"]] == ["mail.eml/logo.png"]
    again = decode(asked)
    assert (again["sources"], again["left_out"]) == (asked["sources"], asked["left_out"])


@pytest.mark.long
def test_messages_within_messages_end(tmp_path: Path) -> None:
    innermost = mail(("plan.md", b"Forty feet.\n"))
    for _ in range(10):
        innermost = mail(("inner.eml", innermost))
    asked = load(folder_with(tmp_path, "  - mail.eml\n", mail__eml=innermost))
    assert [source["name"].count("/") for source in asked["sources"]] == [0, 1, 2, 3]


async def test_the_document_names_what_was_left_out(tmp_path: Path) -> None:
    brief = folder_with(tmp_path, "  - '*'\n", roof__md=b"The roof is new.\n", photo__png=PIXEL)
    made = await graph.ainvoke(load(brief))
    assert "The file “photo.png” was left out: no reader for this type (ending: .png)." in made["document"]["warnings"]
    again = await graph.ainvoke({k: v for k, v in load(brief).items() if k != "left_out"})
    assert not any("photo.png" in warning for warning in again["document"]["warnings"])
