"""The settings of the environment and of ``.env``."""

import hashlib
import os
from pathlib import Path

import pytest

from quire.nodes.config.settings import Settings
from quire.nodes.faults import BadInput


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("QUIRE_", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_without_any_variable_the_defaults_hold() -> None:
    settings = Settings.read()

    assert settings.model == "gpt-4o-mini"
    assert settings.fallback_model is None
    assert settings.home == Path(".quire")
    assert settings.database_url is None
    assert settings.api_keys == ()
    assert settings.max_calls == 16
    assert settings.call_timeout == 120
    assert settings.offline


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("QUIRE_MODEL=from-file\nQUIRE_HOME=kept\nQUIRE_MODEL_WRITER=file\n", "utf-8")
    monkeypatch.setenv("QUIRE_MODEL", "from-environment")
    monkeypatch.setenv("QUIRE_MODEL_WRITER", "environment")
    settings = Settings.read()

    assert settings.model == "from-environment"
    assert settings.home == Path("kept")
    assert settings.model_for("writer") == "environment"


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "")
    monkeypatch.setenv("QUIRE_MODEL", "")

    assert Settings.read().model == "gpt-4o-mini"
    assert Settings.read().offline


def test_an_agent_has_its_own_model_or_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_MODEL_FACT_CHECKER", "gpt-4o")

    assert Settings.read().model_for("fact-checker") == "gpt-4o"
    assert Settings.read().model_for("writer") == "gpt-4o-mini"


@pytest.mark.parametrize(
    ("variables", "mode"),
    [
        ({}, "offline"),
        ({"OPENAI_API_KEY": "k"}, "model"),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}, "model"),
        ({"OPENAI_API_KEY": "k", "QUIRE_OFFLINE": "1"}, "offline"),
        ({"OPENAI_API_KEY": "k", "QUIRE_OFFLINE": "0"}, "model"),
    ],
)
def test_without_key_and_endpoint_or_by_wish_it_is_offline(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], mode: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert Settings.read().offline is (mode == "offline")


def test_a_key_may_hold_colons_and_stands_for_its_tenant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_API_KEYS", "sk:1:acme, other:beta,")
    settings = Settings.read()

    assert settings.tenant_of("sk:1") == "acme"
    assert settings.tenant_of("other") == "beta"
    assert settings.tenant_of("sk") is None


def test_a_key_may_stand_there_as_its_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = hashlib.sha256(b"key-a").hexdigest()
    monkeypatch.setenv("QUIRE_API_KEYS", f"sha256:{hashed}:acme")
    settings = Settings.read()

    assert ("acme", None) == (settings.tenant_of("key-a"), settings.tenant_of(f"sha256:{hashed}"))


def test_a_file_of_keys_that_cannot_be_used_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("keys").write_text("canary:acme\ncanary\n", "utf-8")
    for file, problem in (("keys", "entry 2"), ("absent", "FileNotFoundError")):
        monkeypatch.setenv("QUIRE_API_KEYS_FILE", file)
        with pytest.raises(BadInput, match=problem) as refused:
            Settings.read()
        assert "canary" not in str(refused.value)


def test_keys_without_a_key_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_API_KEYS", " , ")

    with pytest.raises(BadInput, match="QUIRE_API_KEYS"):
        Settings.read()


def test_no_secret_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "canary-1")
    monkeypatch.setenv("QUIRE_API_KEYS", "canary-2:acme")
    monkeypatch.setenv("QUIRE_DATABASE_URL", "postgresql://u:canary-3@h/d")
    settings = Settings.read()

    assert "canary" not in repr(settings) + str(settings) + str(settings.model_dump()) + settings.model_dump_json()


def test_white_space_around_a_key_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", " sk-1\n")

    assert Settings.read().providers["OPENAI_API_KEY"].get_secret_value() == "sk-1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUIRE_MAX_CALLS", "0"),
        ("QUIRE_MAX_CALLS", "canary"),
        ("QUIRE_CALL_TIMEOUT", "-1"),
        ("QUIRE_CALL_TIMEOUT", "nan"),
        ("QUIRE_OFFLINE", "perhaps"),
        ("QUIRE_DATABASE_URL", "sqlite:///canary.db"),
        ("QUIRE_DATABASE_URL", "postgresql+psycopg://canary@host/base"),
        ("OPENAI_BASE_URL", "ftp://canary"),
        ("OPENAI_BASE_URL", "https://user:canary@host/v1"),
        ("OPENAI_API_KEY", "canary with spaces"),
        ("QUIRE_API_KEYS", "canary"),
        ("QUIRE_API_KEYS", "canary:"),
        ("QUIRE_API_KEYS", "canary:a/b"),
        ("QUIRE_API_KEYS", "canary:a,canary:b"),
    ],
)
def test_a_bad_value_is_refused_by_its_variables_name_and_never_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadInput) as refused:
        Settings.read()

    assert refused.value.field == name
    assert "canary" not in str(refused.value)


def test_a_file_that_is_no_text_is_refused() -> None:
    Path(".env").write_bytes(b"QUIRE_MODEL=\xff\xfe")
    with pytest.raises(BadInput, match=r"\.env"):
        Settings.read()
