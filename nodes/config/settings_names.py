"""Variables that look like settings of ours and are none: a misspelt one would be ignored without a word."""

import difflib
from collections.abc import Iterable

from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from quire.nodes.config.settings import Settings
from quire.nodes.config.settings_models import AGENT_PREFIX, KEY_SUFFIX, URL_SUFFIX

OURS = "QUIRE_"


def unknown_variables(agents: Iterable[str]) -> list[str]:
    """Say which variables of the environment and of ``.env`` nothing reads, each with the one that may be meant.

    Args:
        agents: names of the agents that there are, each of which may have a model of its own.

    """
    try:
        filed: Iterable[str] = DotEnvSettingsSource(Settings).env_vars
    except UnicodeDecodeError:  # reading the settings says so
        filed = ()
    ours = {name for name in (*EnvSettingsSource(Settings).env_vars, *filed) if name.startswith(OURS)}
    known = {str(info.validation_alias) for info in Settings.model_fields.values()}
    by_agent = [AGENT_PREFIX + agent.upper().replace("-", "_") for agent in agents]
    models = {name + end for name in by_agent for end in ("", URL_SUFFIX, KEY_SUFFIX)}
    return [
        _of_no_agent(name, models) if name.startswith(AGENT_PREFIX) else _told(name, known)
        for name in sorted(ours - known - models)
    ]


def _of_no_agent(name: str, models: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(models), 1)
    hint = f" (did you mean {near[0]}?)" if near else ""
    return f"{name} is the model of no agent that there is; nothing reads it unless a blueprint declares one{hint}"


def _told(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f"{name} is no setting, and nothing reads it" + (f" (did you mean {near[0]}?)" if near else "")
