"""What the page on providers says is what the program does."""

import re
import tomllib
from pathlib import Path

import pytest

from quire.nodes.config.settings import Settings
from quire.nodes.model.providers import PROVIDERS
from quire.nodes.model.routes import fallback_route, route_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "providers.md").read_text("utf-8")


def test_the_settings_that_it_shows_are_accepted_and_lead_where_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)[0]
    (tmp_path / ".env").write_text(f"{lines}ANTHROPIC_API_KEY=k\nOPENAI_API_KEY=k\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    settings = Settings.read()
    agents = ("writer", "reviewer", "editor")
    routes = [route_of(settings, agent, settings.model_for(agent)) for agent in agents]

    assert ["anthropic", "openai", "openai"] == [route.provider for route in routes if route]
    assert ["anthropic", "127.0.0.1:8080", "api.openai.com"] == [route.host for route in routes if route]
    assert "openrouter.ai" == (fallback_route(settings) or pytest.fail("no fallback")).host


@pytest.mark.parametrize("name", sorted(PROVIDERS))
def test_every_provider_stands_there_with_its_variables_and_its_extra(name: str) -> None:
    place = PROVIDERS[name]
    (row,) = [line for line in PAGE.splitlines() if line.startswith("|") and f"`{name}`" in line.split("|")[1]]
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]

    assert f"`{place.url_variable}`" in row
    assert not place.key_variable or f"`{place.key_variable}`" in row
    assert not place.extra or (place.extra in extras and f"`quire-documents[{place.extra}]`" in row)
