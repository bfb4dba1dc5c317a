"""A document in which one text stands in every place, and texts that should not be able to do harm there."""

from typing import cast

from quire.nodes.evidence.content import Block, claim
from quire.nodes.render.document import Document, DocumentSection
from tests.nodes.render import sample

HOSTILE = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "markdown-link": "a](javascript:alert(1)) [b](javascript:alert(2)) ![c](http://evil.example/x.png)",
    "markdown-reference": "[1]: javascript:x\n[1] [x][1] [^1]",
    "markdown-block": "# Title\n\n---\n\n```\n| a | b |\n|---|---|\n> quote\n1. one\n- two\n===",
    "markdown-html": "<a href='javascript:alert(1)'>x</a> &lt;b&gt; &#60;i&#62; <!-- x",
    "autolink": "http://evil.example www.evil.example a@evil.example <http://evil.example>",
    "formula": '=HYPERLINK("http://evil.example";"x")',
    "mini-markup": "<font color=red size=90>x</font><a name='evidence-1'/></para><b><br/>",
    "template": "{{ 7*7 }} {% raw %} ${7*7} #{7*7}",
    "override": "safe\u202etxt.exe\u202c \u2066isolated\u2069",
    "control": "a\x00b\x07c\x1b[31md\x7f\x9be",
    "surrogates": "\ud800 lonely \udfff",
    "noncharacters": "\ufffe \uffff \U000e0041\U000e0042",
    "invisible": "a\u200bb\ufeffc\u2060d\u00ade",
    "endless-word": "W" * 1_500,
    "scripts": "中文 العربية עברית हिन्दी 😀 Ελληνικά Кириллица",
    "brackets": "[" * 300 + "]" * 300,
    "backslash": "\\",
    "blank": " \n\t ",
}


def document_of(text: str) -> Document:
    """Make a document with the text everywhere that a text can stand."""
    grounds = sample.evidence("x", text, text)
    grounds["source"] = text
    made = claim(text, "source", grounds, how=text, status=text)
    loose = claim(text, "unsupported")
    open_ = claim(text, "open")
    blocks: list[Block] = [
        {"kind": "heading", "text": text},
        {"kind": "paragraph", "claims": [made, loose, open_]},
        {"kind": "list", "claims": [made, loose]},
        {"kind": "list", "ordered": True, "claims": [open_]},
        {"kind": "quote", "claims": [made]},
        {"kind": "note", "level": "warning", "claims": [made]},
        {"kind": "facts", "rows": [[loose, made]]},
        {"kind": "table", "caption": text, "columns": [sample.column(text)] * 2, "rows": [[made, open_], [loose]]},
        {"kind": "paragraph", "claims": [claim("The last sentence.", "fixed")]},
    ]
    body = {"blocks": blocks, "values": {}, "open_questions": []}
    sections = [
        {"id": text, "title": text, "status": status, "reason": text, "rounds": 1, "words": 1, "models": {text: text}}
        for status in ("failed", "skipped", "approved")
    ]
    sections[-1] |= {"content": body}
    return Document(
        title=text,
        subtitle=text,
        blueprint=text,
        mode="model",
        facts={text: text},
        cover=[[text, text]],
        sections=cast("list[DocumentSection]", sections),
        sources=[{**sample.source("x", text, 0, text), "name": text, "hash": text}],
        warnings=[text],
        open_questions=[text],
    )
