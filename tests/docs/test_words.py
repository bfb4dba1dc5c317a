"""Pages, messages and help use the field's words, not the private ones of the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRIVATE = {
    "lane": "section run",
    "gate": "dependency wait",
    "guest": "declared agent",
    "board": "blackboard",
    "leg": "attempt",
    "door": "interface",
    "turnstile": "admission by priority",
    "whoever": "a noun",
    "unless you say otherwise": "default",
    "the house": "repository",
}
"""Words that only this project's code has for a thing, and what a reader knows it as."""
IN_CODE = {
    "lane",
    "lanes",
    "turnstile",
    "guest",
    "board",
    "leg",
    "legs",
    "door",
    "doors",
    "miscast",
    "overheard",
    "parked",
    "park",
    "gate",
    "gates",
    "trail",
}
"""What no name in code is made of. A word may be of the wire or the disk, where it stays: then it is only a key."""
ON_THE_WIRE = {("graphs/insight/timeline.py", "lanes"), ("graphs/insight/timeline.py", "gate")}
"""Fields of what programs outside read."""
_PRIVATE = re.compile(rf"\b(?:{'|'.join(PRIVATE)})s?\b", re.IGNORECASE)
ORDINARY = re.compile(r"\bMill Lane\b|^`lane `$")
"""What may stand anywhere: an address of the example, and the name of a CSS class."""
NO_PROSE = (
    "nodes/evidence/figures/unit_words.py",  # words of sources: units
    "nodes/support/english.py",  # the same: synonyms
    "nodes/evidence/figures/detecting.py",  # the same: frequent words of other languages
    "nodes/checks/arithmetic.py",  # the same, as patterns
    "nodes/event_store/schema.py",  # SQL: names on disk stay
    "nodes/event_store/row_statements.py",
    "nodes/event_store/migrations.py",
    "nodes/model/request.py",  # its prompts are held word for word
    "graphs/kinds/site_zoning_report/",  # words of ordinances
)
"""Files whose strings are no sentences for a reader."""
_CODE = re.compile(r"^```.*?^```|<!--.*?-->|`[^`]*`|\]\([^)]*\)|^- `tests/.*?$", re.MULTILINE | re.DOTALL)
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "benchmarks/README.md", *(ROOT / "docs").glob("*.md")]
)


def private_in(text: str) -> list[str]:
    return [found.lower() for found in _PRIVATE.findall(ORDINARY.sub("", text))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_speak_plainly(page: Path) -> None:
    assert [] == private_in(_CODE.sub("", page.read_text()))


def test_messages_and_the_help_of_commands_speak_plainly() -> None:
    found = [
        f"{file.relative_to(ROOT)}: {text}"
        for file in _modules()
        for text in (*_messages(file), *(_docstrings(file) if "server/cli" in str(file) else ()))
        if private_in(text)
    ]

    assert [] == found


def test_code_is_named_with_the_words_of_the_field() -> None:
    found = sorted({f"{file.relative_to(ROOT)}: {name}" for file in _modules() for name in _named_privately(file)})

    assert [] == found


def test_docstrings_speak_plainly() -> None:
    told = {str(file.relative_to(ROOT)): set(private_in("\n".join(_docstrings(file)))) for file in _modules()}

    assert {} == {file: words for file, words in told.items() if words - {"whoever"}}


def test_the_page_speaks_plainly() -> None:
    static = ROOT / "server/http/web"
    sentences = [text for script in static.rglob("*.js") for text in _sentences(script.read_text())]
    shown = [re.sub(r"<[^>]*>", " ", page.read_text()) for page in static.rglob("*.html")]

    assert 100 < len(sentences)
    assert [] == [text for text in [*sentences, *shown] if private_in(text)]


def test_the_map_of_rooms_names_each_in_plain_words() -> None:
    rooms = [file for room in ("graphs", "nodes", "server") for file in (ROOT / room).rglob("__init__.py")]

    assert 30 < len(rooms)
    assert [] == [str(file) for file in rooms if private_in("".join(_docstrings(file)))]


def _sentences(script: str) -> Iterator[str]:
    """Give the strings of a script that are sentences; what a template fills in is code."""
    parts = r"//[^\n]*|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`"
    for part in re.findall(parts, script, re.DOTALL):
        text = re.sub(r"\$\{[^}]*\}", "", part)
        if part[0] in "\"'`" and " " in text:
            yield text


def _modules() -> Iterator[Path]:
    for room in ("graphs", "nodes", "server"):
        for file in (ROOT / room).rglob("*.py"):
            if not str(file.relative_to(ROOT)).startswith(NO_PROSE):
                yield file


def _named_privately(file: Path) -> Iterator[str]:
    """Give the names that a module defines, assigns or takes and that hold a private word."""
    place = str(file.relative_to(ROOT))
    for node in ast.walk(ast.parse(file.read_text())):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                name = node.name
            case ast.arg():
                name = node.arg
            case ast.Name(ctx=ast.Store()):
                name = node.id
            case ast.Attribute(ctx=ast.Store()):
                name = node.attr
            case _:
                continue
        words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)}
        if words & IN_CODE and (place, name) not in ON_THE_WIRE:
            yield name


def _messages(file: Path) -> Iterator[str]:
    """Give the strings of a module that are sentences."""
    tree = ast.parse(file.read_text())
    told = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield from [node.value] if " " in node.value.strip() else []


def _docstrings(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield re.sub(r"`[^`]*`", "", ast.get_docstring(node) or "")
