"""Which models a host wants asked: ``build(model=…, models={"writer": …})``, or ``configurable`` of a run's config.

What is chosen travels in the config, which reaches every node and comes again with every resume. A chat model may be
chosen in Python only. A name may be any that the operator's settings can reach in ``build``, and must be one that the
settings or ``build`` name in ``configurable``, which a host may fill from a request.
"""

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import RunnableConfig
from langgraph.config import get_config

from quire.nodes.config.settings import Settings
from quire.nodes.faults import BadInput, refuse
from quire.nodes.model.providers import problem_of
from quire.nodes.model.routes import route_of

Model: TypeAlias = BaseChatModel | str
_BUILT: Final = "__quire_models"
"""Where ``build`` puts its choice. LangGraph keeps what begins so out of the metadata of checkpoints."""


class Choice(NamedTuple):
    """Models instead of what the settings name."""

    model: Model | None = None
    """Of every agent that has none of its own here."""
    models: Mapping[str, Model] = {}
    """By agent."""

    def of(self, agent: str) -> Model | None:
        """Give what an agent is to ask."""
        return self.models.get(agent, self.model)

    def each(self) -> Iterator[tuple[str, Model]]:
        """Give every model with the place in which it was chosen."""
        if self.model is not None:
            yield "model", self.model
        yield from ((f"models.{agent}", model) for agent, model in self.models.items())


def configured(model: Model | None, models: Mapping[str, Model] | None) -> RunnableConfig:
    """Give the config that carries what ``build`` was told.

    Raises:
        BadInput: something is neither a chat model nor a name of one.

    """
    choice = _read(model, models)
    return RunnableConfig(configurable={_BUILT: choice}) if model is not None or models else RunnableConfig()


def chosen_for(agent: str) -> Model | None:
    """Give what an agent is to ask in the run that is under way; None leaves it to the blueprint and the settings."""
    built, hosts = _choices()
    return hosts.of(agent) or built.of(agent)


def requested(options: Mapping[str, Any], agent: str) -> str | None:
    """Give what a brief has an agent ask; None leaves it to the blueprint and the settings."""
    by_agent: Mapping[str, str] = options.get("models", {})
    return by_agent.get(agent, options.get("model"))


def check_choice(settings: Settings, agents: Collection[str]) -> None:
    """Refuse what cannot be asked of what ``build`` and the host have chosen, before anything is.

    Args:
        settings: say which models can be reached.
        agents: everybody who takes part.

    Raises:
        BadInput: with every place.

    """
    built, hosts = _choices()
    known = {*settings.known_models, *(model for _, model in built.each() if isinstance(model, str))}
    problems = [*_unknown_agents(built, "", agents), *_unknown_agents(hosts, "configurable.", agents)]
    chosen = [(f"configurable.{place}", model) for place, model in hosts.each() if isinstance(model, str)]
    for place, name in chosen:
        if name not in known:
            problem, hint = unset(name, known)
            problems.append(BadInput(problem, field=place, hint=hint))
    for place, model in built.each():
        if isinstance(model, str) and (problem := problem_of(model) or _unreached(settings, place, model)):
            problems.append(BadInput(problem, field=place))
    refuse(problems)


def name_of(model: BaseChatModel) -> str:
    """Name a chat model in records, as its user did where its class has a name for it."""
    found = (getattr(model, field, None) for field in ("model_name", "model", "model_id"))
    name = next((name for name in found if isinstance(name, str) and name), type(model).__name__)
    return name.removeprefix("models/")


def _choices() -> tuple[Choice, Choice]:
    """Give what ``build`` was told, and what the host said for this run."""
    try:
        given: Mapping[str, Any] = get_config().get("configurable", {})
    except RuntimeError:  # outside of a graph
        return Choice(), Choice()
    return given.get(_BUILT, Choice()), _read(given.get("model"), given.get("models"), "configurable.")


def _read(model: object, models: object, where: str = "") -> Choice:
    if models is not None and not isinstance(models, Mapping):
        raise BadInput("is no mapping from agents to models", field=f"{where}models")
    choice = Choice(model, models or {})  # type: ignore[arg-type]  # checked below
    for place, each in choice.each():
        given: object = each
        if not isinstance(given, BaseChatModel | str) or given == "":
            problem = f"{type(given).__name__} is neither a LangChain chat model nor the name of a model"
            raise BadInput(
                problem, field=where + place, hint="not bound, wrapped or with fallbacks: retries are made here"
            )
    return choice


def _unknown_agents(choice: Choice, where: str, agents: Collection[str]) -> Iterator[BadInput]:
    for agent in choice.models:
        if agent not in agents:
            problem, hint = unknown(agent, agents)
            yield BadInput(problem, field=f"{where}models.{agent}", hint=hint)


def unset(model: str, known: Collection[str]) -> tuple[str, str]:
    """Say that a model may not be chosen, and which may."""
    return f"{model!r} is no model that is set here", f"one of {', '.join(sorted(known))}"


def unknown(agent: str, agents: Collection[str]) -> tuple[str, str]:
    """Say that there is no such agent, and who is meant."""
    near = difflib.get_close_matches(agent, agents, 1)
    return "no agent is called so", f"did you mean {near[0]}?" if near else f"one of {', '.join(sorted(agents))}"


def _unreached(settings: Settings, place: str, name: str) -> str:
    agent = place.removeprefix("models.")
    return "" if route_of(settings, agent, name) else f"no endpoint and no key are set for {name!r}"
