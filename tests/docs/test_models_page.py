"""What the page on models says is what the program does."""

import re
from pathlib import Path

import pytest

from quire.nodes.config.settings import Settings
from quire.nodes.model.kinds import KINDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "models.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)


def test_the_settings_that_it_shows_are_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(BLOCKS[0], "utf-8")
    monkeypatch.chdir(tmp_path)
    settings = Settings.read()

    assert ("gpt-4o", "gpt-4.1-mini") == (settings.model_for("writer"), settings.fallback_model)
    assert (500, 200_000) == (settings.requests_per_minute, settings.tokens_per_minute)
    assert (3.0, 1800.0) == (settings.run_budget.usd, settings.run_budget.seconds)
    assert (20.0, 100.0) == (settings.tenant_budget("anybody").usd, settings.tenant_budget("acme").usd)
    assert (0.1, 0.4) == settings.prices["my-model"][:2]


def test_the_defaults_that_it_names_are_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings, fields = Settings.read(), Settings.model_fields.items()
    named = dict(re.findall(r"^\| `([A-Z_]+)` \| `?([^`|]+?)`? \|", PAGE, re.MULTILINE))
    by_variable = {str(field.validation_alias): getattr(settings, name) for name, field in fields}

    assert {"16", "120", "900", "gpt-4o-mini"} <= set(named.values())
    for variable, default in named.items():
        value = by_variable[variable]
        said = {"unset": "None", "OpenAI's": "None", "{}": str(type(value)())}.get(default, default)
        assert (variable, said) == (variable, f"{value:g}" if isinstance(value, float) else str(value))


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_of_fault_stands_there_as_it_is(name: str) -> None:
    kind = KINDS[name]

    again, fallback = kind.again or "no", "yes" if kind.elsewhere else "no"
    assert f"| `{name}` | {kind.said} | {again} | {fallback} |" in PAGE


def test_the_commands_that_it_gives_are_scripts_of_ours() -> None:
    for command in BLOCKS[1].splitlines():
        assert (ROOT / command.split()[1]).is_file()
