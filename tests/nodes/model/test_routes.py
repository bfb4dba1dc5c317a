"""Where models are asked, by what the environment says."""

from pathlib import Path

import pytest

from quire.nodes.config.settings import Settings
from quire.nodes.faults import BadInput
from quire.nodes.model.clients import is_azure, parted
from quire.nodes.model.routes import Route, fallback_route, label_of_fallback, route_of


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):  # noqa: ANN201 - a function of this module
    monkeypatch.chdir(tmp_path)

    def settings(**variables: str) -> Settings:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return Settings.read()

    return settings


def seen(route: Route | None) -> tuple[str, str, str, str]:
    assert route is not None
    return route.provider, route.model, route.url, route.key.get_secret_value()


def test_a_plain_name_is_asked_where_openais_variables_say(read) -> None:  # noqa: ANN001 - the fixture
    settings = read(OPENAI_API_KEY="sk-1", OPENAI_BASE_URL="http://127.0.0.1:1/v1")

    assert ("openai", "llama3:8b", "http://127.0.0.1:1/v1", "sk-1") == seen(route_of(settings, "writer", "llama3:8b"))


@pytest.mark.parametrize(
    ("name", "variables", "route"),
    [
        ("anthropic:claude-x", {"ANTHROPIC_API_KEY": "k"}, ("anthropic", "claude-x", "", "k")),
        ("google_genai:gemini-x", {"GOOGLE_API_KEY": "k"}, ("google_genai", "gemini-x", "", "k")),
        ("ollama:llama3:8b", {}, ("ollama", "llama3:8b", "http://127.0.0.1:11434", "no-key")),
        ("ollama:x", {"OLLAMA_HOST": "gpu:1"}, ("ollama", "x", "http://gpu:1", "no-key")),
        ("groq:x/y", {"GROQ_API_KEY": "k"}, ("groq", "x/y", "https://api.groq.com/openai/v1", "k")),
        ("openrouter:a/b", {"OPENROUTER_API_KEY": "k"}, ("openrouter", "a/b", "https://openrouter.ai/api/v1", "k")),
        ("mistralai:m", {"MISTRAL_API_KEY": "k"}, ("mistralai", "m", "https://api.mistral.ai/v1", "k")),
        (
            "azure_openai:gpt4",
            {"AZURE_OPENAI_API_KEY": "k", "AZURE_OPENAI_ENDPOINT": "https://a.openai.azure.com/"},
            ("openai", "gpt4", "https://a.openai.azure.com/openai/v1", "k"),
        ),
        (
            "azure_openai:gpt4",
            {
                "AZURE_OPENAI_API_KEY": "k",
                "AZURE_OPENAI_ENDPOINT": "https://a.openai.azure.com",
                "OPENAI_API_VERSION": "2024-10-21",
            },
            ("openai", "gpt4", "https://a.openai.azure.com/openai/deployments/gpt4?api-version=2024-10-21", "k"),
        ),
    ],
)
def test_a_provider_is_asked_with_its_own_variables(read, name, variables, route) -> None:  # noqa: ANN001 - as above
    settings = read(QUIRE_MODEL=name, **variables)

    assert route == seen(route_of(settings, "writer", settings.model_for("writer")))
    assert not settings.offline


def test_an_agent_may_have_an_endpoint_and_a_key_of_its_own(read) -> None:  # noqa: ANN001 - the fixture
    settings = read(
        OPENAI_API_KEY="sk-openai",
        QUIRE_MODEL_WRITER="big",
        QUIRE_MODEL_WRITER_BASE_URL="http://127.0.0.1:2/v1",
        QUIRE_MODEL_FACT_CHECKER_BASE_URL="http://127.0.0.1:3/v1",
        QUIRE_MODEL_FACT_CHECKER_API_KEY="sk-checker",
    )
    writer, checker, reviewer = (
        seen(route_of(settings, agent, settings.model_for(agent))) for agent in ("writer", "fact-checker", "reviewer")
    )

    assert ("openai", "big", "http://127.0.0.1:2/v1", "no-key") == writer  # another's key does not go there
    assert ("openai", "gpt-4o-mini", "http://127.0.0.1:3/v1", "sk-checker") == checker
    assert ("openai", "gpt-4o-mini", "https://api.openai.com/v1", "sk-openai") == reviewer


def test_the_fallback_may_be_elsewhere_under_the_same_name(read) -> None:  # noqa: ANN001 - the fixture
    settings = read(
        OPENAI_API_KEY="k",
        QUIRE_MODEL="gpt-4o",
        QUIRE_FALLBACK_MODEL="gpt-4o",
        QUIRE_FALLBACK_MODEL_BASE_URL="http://127.0.0.1:4/v1",
    )

    assert ("openai", "gpt-4o", "http://127.0.0.1:4/v1", "no-key") == seen(fallback_route(settings))
    assert "gpt-4o@127.0.0.1:4" == label_of_fallback(settings, "gpt-4o")
    assert "gpt-4o" == label_of_fallback(settings, "gpt-4o-mini")


@pytest.mark.parametrize(
    ("variables", "field", "said"),
    [
        ({"QUIRE_MODEL": "anthropic:"}, "QUIRE_MODEL", "names a provider and no model"),
        ({"QUIRE_MODEL_WRITER": "cohere:x"}, "QUIRE_MODEL_WRITER", "not known by name"),
        ({"QUIRE_MODEL": "anthropic:x"}, "QUIRE_MODEL", "ANTHROPIC_API_KEY"),
        ({"QUIRE_FALLBACK_MODEL": "groq:x"}, "QUIRE_FALLBACK_MODEL", "GROQ_API_KEY"),
        ({"QUIRE_MODEL_WRITER_BASE_URL": "ftp://x"}, "QUIRE_MODEL_WRITER_BASE_URL", "is no address"),
        ({"QUIRE_MODEL_WRITER_BASE_URL": "http://me:secret@x"}, "QUIRE_MODEL_WRITER_BASE_URL", "is no address"),
        ({"AZURE_OPENAI_API_KEY": "k", "QUIRE_MODEL": "azure_openai:x"}, "QUIRE_MODEL", "AZURE_OPENAI_ENDPOINT"),
    ],
)
def test_what_cannot_be_reached_is_refused_by_its_variable(read, variables, field, said) -> None:  # noqa: ANN001 - as above
    with pytest.raises(BadInput) as refused:
        read(**variables)

    assert field == refused.value.field
    assert said in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_package_that_is_missing_is_named_with_its_extra(read, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN001 - as above
    monkeypatch.setattr("quire.nodes.model.providers.find_spec", lambda _: None)
    with pytest.raises(BadInput) as refused:
        read(QUIRE_MODEL="anthropic:x", ANTHROPIC_API_KEY="k")

    assert "pip install 'quire-documents[anthropic]'" in str(refused.value)


def test_the_query_of_an_address_goes_behind_the_path() -> None:
    url = "https://a.openai.azure.com/openai/deployments/gpt4?api-version=2024-10-21"

    assert ("https://a.openai.azure.com/openai/deployments/gpt4", {"api-version": "2024-10-21"}) == parted(url)
    assert is_azure(url)
    assert not is_azure("https://api.openai.com/v1")
