"""Whatever is decoded, it is taken or refused with its place: nothing else gets out of a decoder."""

import json
import os
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from toys import section, toy_brief

from quire.graphs.intake.blueprint import decode as decode_blueprint
from quire.graphs.intake.brief import decode, load
from quire.graphs.run.approvals import answer_of
from quire.nodes.author.outlining import SCHEMA
from quire.nodes.author.reply import read_reply
from quire.nodes.config.settings import Settings
from quire.nodes.decode import strict_json, strict_yaml
from quire.nodes.decode.expressions import problems_of_condition, problems_of_template
from quire.nodes.decode.located import Located
from quire.nodes.faults import BadInput
from quire.nodes.model.reply_json import UnfitReplyError
from quire.nodes.model.reply_json import parse as parse_reply

BLUEPRINT = (Path(__file__).parents[1] / "graphs" / "kinds" / "general_report" / "blueprint.yaml").read_text()
BRIEF = toy_brief(section("a"), section("b", "a", words=3), facts={"n": 1, "t": "x"}, options={"max_rounds": 2})
REPLY = (
    '{"parts": [{"title": "a", "instructions": "x", "words": 60}, {"title": "b", "instructions": "y", "words": 60}]}'
)
DRAFT = "### A\n\nx [E1]. Of both: y [⇒ E1, c2], 3 [= E2 - E1].\n\n| a | b |\n|---|--:|\n| x [V1] | y |\n\n[[T1]]\n"
CONDITION = "facts.a == 'x' and (n > 3 or not b) and 'y' in c"
TEMPLATE = "{% for p in inputs.a.values %}{{ p.text | upper }}{% endfor %} {{ facts.client }}"

Decoder = Callable[[str], object]


def _settings(text: str) -> Settings:
    """Read a text as every setting. The system's own environment holds no NUL, and bytes that are no text come so."""
    names = ("QUIRE_API_KEYS", "QUIRE_MAX_CALLS", "QUIRE_CALL_TIMEOUT", "OPENAI_BASE_URL", "QUIRE_OFFLINE")
    value = text.encode("utf-8", "replace").replace(b"\x00", b"\xff").decode("utf-8", "surrogateescape")
    with patch.dict(os.environ, dict.fromkeys(names, value)):
        return Settings.read()


TEXTS: dict[str, tuple[Decoder, str]] = {
    "brief.yaml": (lambda text: decode(strict_yaml.parse(text, "brief.yaml").value), json.dumps(BRIEF, indent=1)),
    "brief.json": (lambda text: decode(strict_json.parse(text, "brief.json").value), json.dumps(BRIEF, indent=1)),
    "blueprint.yaml": (lambda text: decode_blueprint(strict_yaml.parse(text, "blueprint.yaml")), BLUEPRINT),
    "events.json": (
        lambda text: answer_of("plan", strict_json.parse(text).value),
        '{"decision": "approve", "note": ""}',
    ),
    "reply": (lambda text: parse_reply(text, SCHEMA), REPLY),
    "draft": (read_reply, DRAFT),
    "condition": (problems_of_condition, CONDITION),
    "template": (problems_of_template, TEMPLATE),
    "environment": (_settings, "sk-1:a,sk-2:b"),
}
TIMES = {"blueprint.yaml": 8, "template": 20}
"""How often a text is changed for each seed; 40 times where reading it is quick."""
PIECES = [
    "&a ", "*a", "<<: *a", "!!python/object/apply:os.system ", "? ", "- ", "{", "}", "[" * 40, "]" * 40, '"', "'",
    "\x00", "\ud800", "\\ud800", "\\u0000", "\u202e", "\ufeff", "NaN", "-Infinity", ".inf", "1e999", "9" * 400,
    "0x1F", "1_000", "true", "null", "~", "\n", "\t", "\n---\n", "#", ":", ",", "|", ">", "%", "{{", "{%", "}}",
    "**", "(" * 30, "\r", "\u2028", '"a": 1, "a": 2,', "a: 1\na: 2\n", "\\", "\\x", "__class__", "é", "🙂", " " * 50,
]  # fmt: skip


def mutated(text: str, rng: random.Random) -> str:
    """Change a text in a few places, as somebody would who wants it to hurt."""
    for _ in range(rng.randint(1, 5)):
        at, length = rng.randint(0, len(text)), rng.choice([0, 0, 1, 1, 5, 30])
        piece = rng.choice(PIECES) if rng.random() < 2 / 3 else text[at : at + rng.randint(1, 60)]
        text = text[:at] + piece + text[at + length :]
    return text


def taken_or_refused(decoder: Decoder, text: str) -> None:
    with suppress(BadInput, UnfitReplyError):
        decoder(text)


HARD = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.mark.long
@pytest.mark.parametrize("name", TEXTS)
@settings(HARD, max_examples=400)
@given(seed=st.integers(0, 2**64))
def test_a_text_changed_in_any_way_is_taken_or_refused(name: str, seed: int) -> None:
    decoder, text = TEXTS[name]
    rng = random.Random(seed)
    for _ in range(TIMES.get(name, 40)):
        taken_or_refused(decoder, mutated(text, rng))


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[]), max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Give the way to every part of a value."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, inner in entries for place in places(inner, (*at, key)))]


def with_part(value: Any, place: tuple[Any, ...], part: Any) -> Any:
    if not place:
        return part
    copy = value.copy()
    copy[place[0]] = with_part(value[place[0]], place[1:], part)
    return copy


@pytest.mark.long
@settings(HARD, max_examples=3_000)
@given(place=st.sampled_from(places(BRIEF)), part=ANY)
def test_a_brief_with_anything_in_any_place_is_taken_or_refused(place: tuple[Any, ...], part: Any) -> None:
    taken_or_refused(lambda _: decode(with_part(BRIEF, place, part), over_network=True), "")


@pytest.mark.long
@settings(HARD, max_examples=4_000)
@given(text=st.text(st.characters(exclude_categories=[]), max_size=200))
def test_any_text_is_taken_or_refused(text: str) -> None:
    for decoder, _ in TEXTS.values():
        taken_or_refused(decoder, text)


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
REFUSED = {
    "an alias": ("title: &t x\nfacts: {a: *t}", "brief.yaml:1, title: uses the anchor &t"),
    "a bomb of aliases": (BOMB, "brief.yaml:1, a: uses the anchor &a"),
    "a tag": ("title: !!python/object/apply:os.system [ls]", "brief.yaml:1, title: uses the tag"),
    "depth": (f"title: x\nfacts: {'[' * 900}", "brief.yaml:2, facts[0][0]: is nested deeper than 16 levels"),
    "a key twice": (
        "title: x\noptions: {max_rounds: 3,\n max_rounds: 9999}",
        "brief.yaml:3, options.max_rounds: the key",
    ),
    "what is no number": ("title: x\nfacts: {a: .nan}", "brief.yaml:2, facts.a: is not a finite number"),
    "infinity": ("title: x\nfacts: {a: 1e999}", "brief.yaml:2, facts.a: is not a finite number"),
    "a huge number": (f"title: x\nfacts: {{a: {'9' * 5_000}}}", "brief.yaml:2, facts.a: is too large a number"),
    "NUL": ('title: x\nfacts: {a: "\\0"}', "brief.yaml:2, facts.a: holds the character U+0000"),
    "a surrogate": ('title: x\nfacts: {a: "\\ud800"}', "brief.yaml:2"),
    "many values": (f"title: x\nfacts: {{a: [{'1,' * 10_001}]}}", "brief.yaml:2: holds more than 10000 values"),
    "a reversed text": ('title: "\\u202e"', "brief.yaml:1, title: holds the character U+202E"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_refused_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    text, told = REFUSED[name]
    monkeypatch.chdir(tmp_path)
    Path("brief.yaml").write_text(text)

    with pytest.raises(BadInput) as refused:
        load("brief.yaml")

    assert any(str(problem).startswith(told) for problem in refused.value.problems), str(refused.value)


def test_an_inline_value_is_refused_with_its_place() -> None:
    with pytest.raises(BadInput, match=r"facts\.a: is not a finite number"):
        decode(Located({**BRIEF, "facts": {"a": float("nan")}}).value)
