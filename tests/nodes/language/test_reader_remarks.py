"""What readers say of sources is said in the document's language: every remark and refusal that their code holds."""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from quire.nodes.language.catalogue import words_in
from quire.nodes.language.remarks import READING, remark_in

READERS = sorted((Path(__file__).parents[3] / "nodes" / "sources").rglob("*.py"))
GERMAN = words_in("de")
SAMPLES = {
    "what": ["a chart", "an embedded object", "row", "column"],
    "count": ["1 picture", "7 pictures"],
    "relation[1:]": ["footnotes", "endnotes", "comments"],
    "doubt": ["holds no text (a scan?)"],
    "where": ["page 7 was", "pages 7 to 9 were"],
    "old": ["a Word 97 document (.doc)", "an Excel 97 workbook (.xls)", "a PowerPoint 97 presentation (.ppt)"],
    "today": ["a Word document", "an Excel workbook", "a PowerPoint presentation"],
    "self.place": ["slide 7"],
    "row.place": ["row 7"],
    "rows[0].place": ["row 7"],
}
"""What stands for an expression in a remark; a number stands for all others."""
FRONT = "front matter was read as text: "
NONSENSE = {f"slide 7: {what} was not read" for what in ("row", "column")}
"""What is no remark, since one expression stands for other things in another remark."""
PASSED_ON = {"warning", "front.warning", "str(answer['problem'])", "problem", "doubt"}
"""Remarks that are made elsewhere."""


def said_by_readers() -> set[str]:
    said = {text for file in READERS for node in remarks_in(file) for text in wordings(node)}
    return {text for text in said if text not in NONSENSE and "hidden a" not in text}


def remarks_in(file: Path) -> Iterator[ast.expr]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Attribute(attr="warn") | ast.Name(id="BadInput"), args=[remark, *_]):
                yield remark
            case ast.Yield(value=ast.Constant() | ast.JoinedStr()) if file.name == "plausible.py":
                assert node.value is not None
                yield ast.JoinedStr([ast.Constant("page 7 "), *getattr(node.value, "values", [node.value])])
            case ast.Tuple(elts=[ast.List(elts=[]), problem]) if file.name == "front_matter.py":
                yield ast.JoinedStr([ast.Constant(FRONT), *getattr(problem, "values", [problem])])
            case ast.Assign(targets=[ast.Name(id="_NOT_READ")], value=ast.Dict(values=remarks)):
                yield from remarks
            case ast.Assign(targets=[ast.Name(id="problem" | "warnings")], value=ast.JoinedStr() as remark):
                yield remark
            case ast.Assign(targets=[ast.Name(id="warnings")], value=ast.IfExp(body=ast.List(elts=[remark]))):
                yield remark


def wordings(node: ast.expr) -> list[str]:
    match node:
        case ast.Constant():
            return [str(node.value)]
        case ast.IfExp():
            return wordings(node.body) + wordings(node.orelse)
        case ast.JoinedStr():
            return ["".join(parts) for parts in product(*map(wordings, node.values))]
        case ast.FormattedValue(value=ast.IfExp() as either):
            return wordings(either)
        case ast.FormattedValue():
            return SAMPLES.get(ast.unparse(node.value), ["7"])
        case _:
            return [] if ast.unparse(node) in PASSED_ON or "warning.message" in ast.unparse(node) else ["?"]


def test_every_remark_of_a_reader_is_in_the_catalogue() -> None:
    said = said_by_readers()

    assert len(said) > 80
    assert [] == sorted(text for text in said if remark_in(text, GERMAN) == text)


def test_every_remark_of_the_catalogue_is_a_readers() -> None:
    german = {remark_in(text, GERMAN) for text in said_by_readers()}
    beginnings = {key: text.partition("{")[0] for key, text in GERMAN.entries.items() if key.startswith(READING)}

    assert ["reading.no-date"] == [
        key for key, text in beginnings.items() if not any(text in said for said in german)
    ], "only what openpyxl says of a cell is no reader's own"


def test_places_are_said_in_the_language_and_words_of_a_source_stay() -> None:
    assert "Seite 3 enthält keinen Text (eine eingescannte Seite?)" == remark_in(
        "page 3 holds no text (a scan?)", GERMAN
    )
    assert "durchgestrichen und ausgelassen: „page 3 is {n}“" == remark_in(
        "struck through, and left out: “page 3 is {n}”", GERMAN
    )


def test_english_and_what_nobody_knows_stay_as_they_are() -> None:
    assert "page 3 holds no text (a scan?)" == remark_in("page 3 holds no text (a scan?)", words_in("en"))
    assert "something else" == remark_in("something else", GERMAN)
