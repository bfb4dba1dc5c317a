"""A document in German: whatever it is rendered as, nothing of it but its sources' words is in another language."""

import asyncio
import base64
import re
from io import BytesIO
from string import Formatter
from typing import Any

import docx
import pytest
from pptx import Presentation
from pypdf import PdfReader

from quire.graphs.document.document_graph import build
from quire.graphs.intake.brief import decode
from quire.nodes.faults import BadInput
from quire.nodes.language.catalogue import words_in
from quire.nodes.render.formats import FORMATS
from quire.nodes.sources.read import read
from tests.model_server import ModelServer
from tests.nodes.render.reading import soup, text_of
from tests.toys import section, toy_brief

REPORT = """# Wasserverluste im Hafenbezirk

## 1. Umfang

Der Bericht umfasst den Hafenbezirk. Er wurde auf Verlangen des Rates geschrieben, und die Zahlen sind geprüft.

## 2. Kosten

Die Instandsetzung der Leitung kostete 84 Euro. Die Rechnung ist am <Datum> fällig und beträgt $XX.

| Posten | 2025 | 2026 |
|---|---|---|
| Leitungen | 410 | 455 |
| Schulung | TBD | XX |
"""
REPAIRS = "Auftrag;Bezirk;Kosten\n" + "".join(f"A-{n};{'Nord' if n % 3 else 'Hafen'};{n},50\n" for n in range(40))
BRIEF = {
    "blueprint": "general-report",
    "title": "Wasserverluste",
    "facts": {"question": "Was kostet der Hafenbezirk?", "client": "Stadtwerke"},
    "sources": [
        {"name": "bericht.md", "text": REPORT},
        {"name": "kosten.csv", "text": REPAIRS},
        {"name": "leer.csv", "text": "a;b\n"},
    ],
}


@pytest.fixture(scope="module")
def document() -> Any:
    return asyncio.run(build().ainvoke(BRIEF))["document"]


def test_the_language_of_most_sources_is_the_documents(document: Any) -> None:
    assert "de" == document["language"]
    assert ["Zu diesem Bericht", "Umfang und Quellen"] == [document["sections"][n]["title"] for n in (0, 2)]
    assert ["Frage", "Auftraggeber"] == [label for label, _ in document["cover"]]


@pytest.mark.parametrize("name", FORMATS)
def test_no_fixed_sentence_of_it_is_english(name: str, document: Any) -> None:
    text = text_of(name, document)

    assert "Zahlen im Text" in text
    assert [] == [said for said in fixed_in("en") if said in text and said not in " ".join(fixed_in("de"))]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_is_found_of_an_english_one(name: str) -> None:
    """What the other test would find: it looks for the right thing."""
    english = asyncio.run(build().ainvoke({**BRIEF, "language": "en"}))["document"]
    text = text_of(name, english)

    assert len([said for said in fixed_in("en") if said in text]) > (1 if name == "json" else 6)


def fixed_in(language: str) -> list[str]:
    """Give what stands fixed in the catalogue's entries: the stretches between their names."""
    stretches = (
        " ".join(fixed.split())
        for key, text in words_in(language).entries.items()
        if not key.startswith("status.short")
        for fixed, *_ in Formatter().parse(text)
    )
    return sorted(
        {stretch.strip(" .:;,()“”„") for stretch in stretches if len(re.findall(r"[^\W\d_]{2,}", stretch)) > 2}
    )


def test_html_pdf_and_word_name_their_language(document: Any) -> None:
    html, pdf, word = (FORMATS[name].render(document) for name in ("html", "pdf", "docx"))

    assert "de" == soup(html).html["lang"]
    assert "de" == PdfReader(BytesIO(pdf)).trailer["/Root"]["/Lang"]
    assert 'w:val="de-DE"' in docx.Document(BytesIO(word)).styles.element.xml


async def test_a_brief_may_ask_for_another_language_than_its_sources() -> None:
    out = await build().ainvoke({**BRIEF, "language": "en"})

    assert "About this report" == out["document"]["sections"][0]["title"]
    assert "language" not in out["document"]


def test_a_blueprint_in_one_language_cannot_be_had_in_another() -> None:
    facts = {"client": "a", "address": "b", "proposed_use": "c"}
    with pytest.raises(BadInput, match=r"language: .*'site-zoning-report' is not written in 'de' \(choose one of en\)"):
        decode({"blueprint": "site-zoning-report", "facts": facts, "language": "de"})


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(BadInput, match="language: must be 'en' or 'de', not"):
        decode({"blueprint": "general-report", "title": "T", "language": "fr"})


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"languages": ["en", "de"]}, "there is no translation into 'de'"),
        ({"translations": {"de": {"title": "T"}}}, "none of its further `languages`"),
        (
            {"languages": ["en", "de"], "translations": {"de": {"title": "T", "sections": {"b": {"title": "B"}}}}},
            "there is no section 'b'",
        ),
    ],
)
def test_what_does_not_fit_in_a_blueprints_languages_is_named(changed: dict[str, Any], problem: str) -> None:
    blueprint = {"name": "b", "title": "B", "sections": [{"id": "a", "title": "A"}], **changed}

    with pytest.raises(BadInput, match=problem):
        decode({"blueprint": blueprint, "title": "T"})


async def test_a_model_is_told_in_which_language_to_write(online: ModelServer) -> None:
    heard: list[str] = []
    answer = online.reply
    online.reply = lambda asked: heard.append(asked.prompt) or answer(asked)

    await build().ainvoke(BRIEF)

    drafts = [prompt for prompt in heard if "Write the section" in prompt]
    assert drafts
    assert all("Write in German." in prompt for prompt in drafts)


CONTACTS = "Mieter,Telefon,E-Mail\nOla Winter,+49 30 1234567,ola.winter@example.com\n"


async def test_what_is_said_of_withheld_and_ambiguous_data_and_of_what_was_left_out_is_german() -> None:
    sources = [*BRIEF["sources"], {"name": "mieter.csv", "text": CONTACTS}, {"name": "x.csv", "text": "a,b\nc,1.234\n"}]
    sources.append({"name": "preis.md", "text": "Der Preis ist ~~900~~ 950 Euro.\n"})
    out = await build().ainvoke({**BRIEF, "sources": sources})
    text = FORMATS["md"].render(out["document"]).decode()

    assert "Personenbezogene Daten der Quelle „mieter.csv“ werden nicht gezeigt (Mieter: 1 Name" in text
    assert "Durchgestrichen und ausgelassen: „900“." in text
    assert "„1.234“ ist mehrdeutig und wird als 1.234 gelesen" in text
    assert "Abschnitten ausgelassen: sie brauchen ein Sprachmodell" in text
    assert [] == [said for said in fixed_in("en") if said in text and said not in " ".join(fixed_in("de"))]


async def test_places_in_a_source_and_what_is_wrong_with_a_file_are_said_in_german() -> None:
    slides, out = Presentation(), BytesIO()
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    slide.shapes.title.text = "Hafenbezirk"
    slide.notes_slide.notes_text_frame.text = "Der Hafenbezirk kostet 84 Euro im Monat."
    slides.save(out)
    sources = [*BRIEF["sources"], {"name": "f.pptx", "base64": base64.b64encode(out.getvalue()).decode("ascii")}]
    with pytest.raises(BadInput) as refused:
        read("a.csv", b'a,b\n1,2\n3,"4\n')
    left_out = [{"name": "a.csv", "reason": refused.value.problem}]
    done = await build().ainvoke({**BRIEF, "sources": sources, "left_out": left_out})
    text = FORMATS["md"].render(done["document"]).decode()

    assert "„a.csv“ wurde ausgelassen: Zeile 3 ist kein gültiges CSV: ein Anführungszeichen" in text
    assert "f.pptx, Folie 1, Vortragsnotizen, Absatz 1" in text


async def test_a_reason_is_english_in_the_record_and_german_in_the_document() -> None:
    out = await build().ainvoke(BRIEF)
    reasons = [
        {s["reason"] for s in told if s["status"] == "skipped"}
        for told in (out["sections"], out["document"]["sections"])
    ]

    assert [
        {"it takes a model, and there was none"},
        {"dafür braucht es ein Sprachmodell, und es gab keines"},
    ] == reasons
    assert "partial" == out["status"]


async def test_many_sources_that_no_section_uses_are_named_in_one_line() -> None:
    unused = [{"name": f"unused-{n}.md", "text": f"Nothing of it, {n}.\n"} for n in range(5)]
    brief = toy_brief(section("height", sources=["code.md"]))
    out = await build().ainvoke({**brief, "sources": [*brief["sources"], *unused]})

    assert [f"No section uses these 5 sources: {', '.join(s['name'] for s in unused)}."] == out["document"]["warnings"]
