"""The catalogue of fixed sentences, whole: each language says the same, and nobody says anything beside it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from quire.nodes.language.catalogue import LANGUAGES, words_in
from quire.nodes.language.places import place_in

ROOT = Path(__file__).parents[3]
ASKING = {"framing.py", "outline.py", "weighing.py", "asking.py"}
"""The modules that word what a planner or an extractor is asked."""
SPEAKING = [
    *(ROOT / "nodes" / "render").glob("*.py"),
    *(ROOT / "graphs" / "kinds" / "general_report" / "computations").glob("*.py"),
    *(file for file in (ROOT / "nodes" / "records").glob("*.py") if file.name not in ASKING),
    *(file for file in (ROOT / "graphs" / "agents").rglob("*.py") if file.name not in ASKING),
    *(ROOT / "nodes" / "author" / name for name in ("binding.py", "composing.py", "extracts.py", "outlining.py")),
    *(ROOT / "nodes" / "checks" / name for name in ("checking.py", "editing.py", "grounded.py")),
    *(ROOT / "graphs" / "run" / name for name in ("dependencies.py", "standing.py", "summary.py")),
    ROOT / "graphs" / "run" / "drafts.py",
]
"""Where documents get their fixed words; not the modules that word what a planner or a writer is asked."""
_KEY = re.compile(r"""words(?:\.count)?\(\s*f?["']([a-z-]+(?:\.[a-z{}_\[\]'"-]+)*)["']""")
_SENTENCE = re.compile(r"^[A-Z][a-z]+(?: [a-z]+){3,}.*[.:]$")


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_entry_with_the_same_names(language: str) -> None:
    english, other = words_in("en").entries, words_in(language).entries

    assert set(english) == set(other)
    assert {key: names_in(text) for key, text in english.items()} == {k: names_in(t) for k, t in other.items()}
    assert all(text.strip() for text in other.values())


def test_no_language_says_what_another_says() -> None:
    """An entry that nobody has translated stands there in the words of the other language."""
    alike = {key for key, text in words_in("en").entries.items() if words_in("de").entries[key] == text}

    assert alike <= {"name", "figures.median", "scope.text", "records.bound.exactly"}


def test_every_key_that_is_named_is_there() -> None:
    known = words_in("en").entries
    named = {key for file in ROOT.glob("nodes/**/*.py") for key in keys_in(file)}
    named |= {key for file in ROOT.glob("graphs/**/*.py") for key in keys_in(file)}
    named |= keys_in(ROOT / "nodes" / "render" / "templates" / "document.html.jinja")
    whole = {key for key in named if "{" not in key and not key.endswith(".")}

    assert whole
    assert set() == {key for key in whole if key not in known and f"{key}.one" not in known}


def keys_in(file: Path) -> set[str]:
    return {found for found in _KEY.findall(file.read_text("utf-8")) if "." in found}


def test_nothing_that_is_said_stands_outside_the_catalogue() -> None:
    """What runs through a model's prompt, an error or a docstring is no part of a document."""
    said = {f"{file.name}: {text}" for file in SPEAKING for text in literals(file) if _SENTENCE.match(text)}

    assert set() == {
        text for text in said if not re.search(r"May the |To leave some|Your last|It was written from", text)
    }


def literals(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text("utf-8"))
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    raised = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Raise) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation | raised:
            yield node.value


def test_what_a_text_holds_is_never_filled_in() -> None:
    assert "Nothing could be read of the source “{name.__class__}”." == words_in("en")(
        "document.nothing-read-of", name="{name.__class__}"
    )


def test_addresses_are_said_in_the_documents_language() -> None:
    german = words_in("de")

    assert "Seite 2, Textzeile 7" == place_in("page 2, line 7", german)
    assert "Zeile 4, page count" == place_in("row 4, page count", german)
    assert "§ 12.3(a), Textzeile 40" == place_in("§ 12.3(a), line 40", german)
    assert "page 2, line 7" == place_in("page 2, line 7", words_in("en"))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("slide 1, shape 2, paragraph 1", "Folie 1, Form 2, Absatz 1"),
        ("slide 1, notes, paragraph 2", "Folie 1, Vortragsnotizen, Absatz 2"),
        ("picture 3, alt text", "Bild 3, Bildbeschreibung"),
        ("footnote 2, paragraph 1", "Fußnote 2, Absatz 1"),
        ("page header 1, paragraph 1", "Kopfzeile 1, Absatz 1"),
        ("Haushalt!B2, comment", "Haushalt!B2, Kommentar"),
        ("body, part 2, line 7, quoted", "Nachrichtentext, Teil 2, Textzeile 7, zitiert"),
        ("row 4, notes", "Zeile 4, notes"),
        ("row 4, body, quoted", "Zeile 4, body, quoted"),
        ("table 1, row 2, comment", "Tabelle 1, Zeile 2, comment"),
    ],
)
def test_places_of_every_reader_are_said_and_titles_of_columns_stay(address: str, said: str) -> None:
    assert said == place_in(address, words_in("de"))
