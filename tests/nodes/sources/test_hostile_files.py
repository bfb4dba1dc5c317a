"""Files made to do harm are refused, within their limits of time and memory, and nobody else notices."""

import json
import resource
import socket
import threading
import time
from pathlib import Path

import httpx
import pytest
from serving import quire_server

from quire.nodes.faults import BadInput
from quire.nodes.sources.confined import Limits
from quire.nodes.sources.read import read
from tests.nodes.sources.hostile_files import CONTAINERS, FILES, HARD_REMARKS, HARD_TO_READ, PDFS, WORD, body, word
from tests.nodes.sources.hostile_markup import MARKUP_READ, MARKUP_REFUSED
from tests.nodes.sources.hostile_office import (
    MAILS,
    OFFICE,
    READ,
    SLIDES,
    WORKBOOKS,
    changed,
    part_of,
    plain_slides,
    slide,
    workbook,
)
from tests.nodes.sources.hostile_office import words as in_cell

SLACK = 5.0
"""Seconds of processor time beyond the limit: starting the process, and what stands before it."""


def spent() -> float:
    """Give the processor time that this process and those it has ended have used."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


@pytest.mark.long
@pytest.mark.parametrize("name", FILES | OFFICE | MARKUP_REFUSED)
def test_a_file_made_to_do_harm_is_refused_within_its_limits(name: str) -> None:
    file, made = (FILES | OFFICE | MARKUP_REFUSED)[name]
    data, before = made(), spent()

    with pytest.raises(BadInput) as refused:
        read(file, data)

    assert refused.value.file == file
    assert refused.value.hint
    assert spent() - before < Limits().seconds + SLACK


@pytest.mark.long
@pytest.mark.parametrize("name", HARD_TO_READ | READ | MARKUP_READ)
def test_a_text_that_keeps_its_reader_busy_is_read_within_its_limits(name: str) -> None:
    file, made = (HARD_TO_READ | READ | MARKUP_READ)[name]
    data, before = made(), spent()

    assert read(file, data)["passages"]
    assert spent() - before < Limits().seconds + SLACK


def test_there_are_more_than_fifty_of_them() -> None:
    assert 103 == len(FILES | OFFICE | MARKUP_REFUSED)
    assert 14 <= len(MARKUP_READ)
    assert len(CONTAINERS) > 15 < len(PDFS)
    assert min(map(len, (WORKBOOKS, SLIDES, MAILS))) > 5


@pytest.mark.parametrize("name", ["a hundred thousand remarks", "a remark of five million letters"])
def test_remarks_that_are_too_many_or_too_long_are_named(name: str) -> None:
    file, made = HARD_REMARKS[name]

    assert "too many or too long, and were left out" in "".join(
        str(warning) for warning in read(file, made())["warnings"]
    )


@pytest.mark.parametrize("target", ["file:///etc/hostname", "http://127.0.0.1:{port}/x"])
def test_what_a_document_names_outside_itself_is_not_fetched(target: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = target.format(port=listening.getsockname()[1])
        head = f'<!DOCTYPE x SYSTEM "{address}" [<!ENTITY e SYSTEM "{address}"><!ENTITY % p SYSTEM "{address}"> %p;]>'
        named = f'<w:p><w:hyperlink w:anchor="{address}"><w:r><w:t>Words &e;</w:t></w:r></w:hyperlink></w:p>'
        try:
            told = str(read("a.docx", body(named, head))["passages"])
        except BadInput as refused:
            told = str(refused)
        listening.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listening.accept()
    assert Path("/etc/hostname").read_text().strip() not in told.replace("/etc/hostname", "")


def office_that_names(address: str) -> dict[str, bytes]:
    """Make files that name something outside them in each way that their formats have."""
    head = f'<!DOCTYPE x SYSTEM "{address}" [<!ENTITY e SYSTEM "{address}"><!ENTITY % p SYSTEM "{address}"> %p;]>'
    formula = f'<c r="B1" t="str"><f>WEBSERVICE("{address}")</f><v>Words</v></c>'
    link = f'<Relationship Id="rX" Type="t/image" Target="{address}" TargetMode="External"/></Relationships>'
    rels = part_of(plain_slides(), "ppt/slides/_rels/slide1.xml.rels").replace(b"</Relationships>", link.encode())
    page = f'<html><body><p>Words<img src="{address}"><script src="{address}"></script></p></body></html>'
    mail = (
        f"From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        f"--b\nContent-Type: text/html\n\n{page}\n"
        f'--b\nContent-Type: message/external-body; access-type=URL; URL="{address}"\n\n'
        "Content-Type: text/plain\n\n--b--\n"
    )
    return {
        "a.xlsx": workbook(f'<row r="1">{in_cell("A1", "Words")}{formula}</row>'),
        "entity.xlsx": workbook(f'<row r="1">{in_cell("A1", "Words &e;")}</row>', head),
        "a.pptx": changed(plain_slides(), {"ppt/slides/_rels/slide1.xml.rels": rels}),
        "entity.pptx": slide("<a:t>Words &e;</a:t>", head),
        "a.eml": mail.encode(),
    }


@pytest.mark.parametrize("target", ["file:///etc/hostname", "http://127.0.0.1:{port}/x"])
@pytest.mark.parametrize("name", ["a.xlsx", "entity.xlsx", "a.pptx", "entity.pptx", "a.eml"])
def test_what_an_office_file_or_a_mail_names_outside_itself_is_not_fetched(name: str, target: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = target.format(port=listening.getsockname()[1])
        try:
            told = str(read(name, office_that_names(address)[name]))
        except BadInput as refused:
            told = str(refused)
        listening.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listening.accept()
    assert Path("/etc/hostname").read_text().strip() not in told.replace("/etc/hostname", "")


def test_styles_that_build_on_each_other_in_a_ring_end() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="s{n}"/><w:basedOn w:val="s{1 - n}"/></w:style>'
        for n in (0, 1)
    )
    document = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr>'
    parts = {
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>'.encode(),
        "word/document.xml": f"{document}<w:r><w:t>Words</w:t></w:r></w:p></w:body></w:document>".encode(),
    }

    assert ["Words"] == [passage["text"] for passage in read("a.docx", word(parts))["passages"]]


@pytest.mark.long
def test_the_service_answers_while_hostile_files_are_read() -> None:
    with quire_server() as address:
        waits: list[float] = []
        done = threading.Event()

        def ask() -> None:
            while not done.is_set():
                began = time.monotonic()
                assert httpx.get(f"{address}/health", timeout=30).status_code == httpx.codes.OK
                waits.append(time.monotonic() - began)
                time.sleep(0.02)

        asking = threading.Thread(target=ask)
        asking.start()
        for name in ("elements without end", "a gigabyte of packed blanks", "two million paragraphs"):
            file, made = FILES[name]
            answer = httpx.post(
                f"{address}/documents",
                data={"brief": json.dumps({"blueprint": "general-report", "title": "T", "sources": [file]})},
                files={"files": (file, made())},
                timeout=60,
            )
            assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY, answer.text
        done.set()
        asking.join()

    assert len(waits) > 20
    assert sorted(waits)[len(waits) * 9 // 10] < 2, "the service stood still"
