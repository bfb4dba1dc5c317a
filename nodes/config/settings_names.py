"""Variables that look like settings of ours and are none: a misspelt one would be ignored without a word."""

import difflib
from collections.abc import Iterable

from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from quire.nodes.config.settings import Settings
from quire.nodes.config.settings_models import AGENT_PREFIX

OURS = "QUIRE_"


def unknown_variables() -> list[str]:
    """Say which variables of the environment and of ``.env`` nothing reads, each with the one that may be meant."""
    try:
        filed: Iterable[str] = DotEnvSettingsSource(Settings).env_vars
    except UnicodeDecodeError:  # reading the settings says so
        filed = ()
    ours = {name for name in (*EnvSettingsSource(Settings).env_vars, *filed) if name.startswith(OURS)}
    known = {str(info.validation_alias) for info in Settings.model_fields.values()}
    return [_told(name, known) for name in sorted(ours - known) if not name.startswith(AGENT_PREFIX)]


def _told(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f"{name} is no setting, and nothing reads it" + (f" (did you mean {near[0]}?)" if near else "")
