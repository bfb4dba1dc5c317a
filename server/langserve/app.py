"""LangServe's routes, on an application of their own that is mounted under ``/langserve``.

``add_routes`` registers a start-up hook, which an application with a lifespan cannot merge; hence the mount.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, Literal, TypeAlias

from fastapi import FastAPI, Request
from langserve import add_routes
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State

from quire.graphs import studio
from quire.graphs.kernel.registry import discover
from quire.graphs.trial.trial_input import tried
from quire.nodes.config.settings import Settings
from quire.nodes.decode.located import Located, Place, field_name, shown
from quire.nodes.faults import BadInput
from quire.nodes.faults import refuse as refuse_all
from quire.server.http import problems
from quire.server.http.problems import NotFound
from quire.server.langserve.documents import Documents
from quire.server.langserve.graphs import Served, plain
from quire.server.langserve.guard import Guard
from quire.server.langserve.wire import Serializer

Endpoint: TypeAlias = Literal[
    "invoke",
    "batch",
    "stream",
    "stream_log",
    "stream_events",
    "playground",
    "input_schema",
    "output_schema",
    "config_schema",
]
SAFE: Sequence[Endpoint] = ("invoke", "batch", "stream", "input_schema", "output_schema", "config_schema")
"""Show what a graph gives, and nothing of what goes on inside."""
ALL: Sequence[Endpoint] = (*SAFE, "stream_log", "stream_events", "playground")


def langserve_app(settings: Settings, state: Callable[[], State]) -> FastAPI:
    """Build the application with the document's routes and those of every agent.

    Args:
        settings: once keys are configured, only the safe endpoints are there.
        state: gives what the server holds while it is up.

    """
    app = FastAPI(title="Quire over LangServe", docs_url=None, redoc_url=None)
    problems.install(app)
    app.add_middleware(Guard)
    endpoints = SAFE if settings.keyed else ALL
    _add(app, Documents(state), "/document", endpoints)
    for agent in discover():
        served = Served(studio.agents[agent.name], partial(tried, agent))
        _add(app, served, f"/agents/{agent.name}", endpoints)

    @app.exception_handler(IsADirectoryError)
    async def no_file(_request: Request, _fault: IsADirectoryError) -> Any:
        return problems.problem(NotFound.status, NotFound.title)

    return app


def _add(app: FastAPI, served: Served, path: str, endpoints: Sequence[Endpoint]) -> None:
    add_routes(
        app,
        served,
        path=path,
        serializer=Serializer(),
        enabled_endpoints=endpoints,
        config_keys=(),
        per_req_config_modifier=_before_it_begins(served),
    )


def _before_it_begins(served: Served) -> Callable[[dict[str, Any], Request], Awaitable[dict[str, Any]]]:
    """Have an input that cannot be used refused while there still is a status to say it with.

    LangServe checks the inputs of a batch outside of what makes a 422 of a refusal, and begins those that it can use
    beside one that it cannot. Here none of them begins unless all can be used.
    """

    async def refuse(config: dict[str, Any], request: Request) -> dict[str, Any]:
        endpoint = request.url.path.rpartition("/")[2]
        if endpoint != "invoke" and not getattr(request.state, "checked", False):
            await run_in_threadpool(_require_usable, json.loads(await request.body()), served)
            request.state.checked = True  # LangServe asks once for each config of a batch
        return config

    return refuse


def _require_usable(body: Mapping[str, Any], served: Served) -> None:
    """Check the input of a stream, or every input of a batch.

    Raises:
        BadInput: everything that is wrong with any of them, each at its field.

    """
    if "inputs" not in body:
        if isinstance(body.get("input"), dict):
            served.check(plain(body["input"]))
        return
    problems: list[BadInput] = []
    for number, asked in enumerate(body["inputs"]):
        problems += _problems_of(asked, ("inputs", number), served)
    refuse_all(problems)


def _problems_of(asked: Any, place: Place, served: Served) -> list[BadInput]:
    """Find what is wrong with one input of a batch, named by where it stands in the batch."""
    at = Located(asked, root=place)
    if not isinstance(asked, dict):
        return [at.fault((), f"must be a mapping, not {shown(asked)}", "give what `invoke` takes as its input")]
    try:
        served.check(plain(asked))
        served.get_input_schema().model_validate(asked)
    except BadInput as refused:
        name = field_name(place)
        return [BadInput(p.problem, field=_within(name, p.field), hint=p.hint) for p in refused.problems]
    except ValidationError as unfit:
        return [at.fault(problem["loc"], problem["msg"]) for problem in unfit.errors(include_url=False)]
    return []


def _within(part: str, field: str) -> str:
    """Name a field of a part of the whole."""
    return f"{part}.{field}" if field and not field.startswith("[") else f"{part}{field}"
