"""The HTTP application: documents, LangServe, health."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.routing import Route

from quire.graphs.run.traces import tracing
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.observing import Observer
from quire.server.execution.engine.service import engine
from quire.server.http import openapi, problems
from quire.server.http.admission import Admission
from quire.server.http.guarding import guard
from quire.server.http.routes import (
    api_page,
    batches,
    catalogue,
    documents,
    events,
    insight,
    plans,
    records,
    revising,
    service,
    sources,
    verification,
)
from quire.server.http.web import page
from quire.server.langserve.mount import mount_langserve
from quire.server.mcp.mounted import PATH, Mounted
from quire.server.mcp.reports import Reports
from quire.server.observe.logs import EventLog
from quire.server.observe.metrics import Metrics
from quire.server.observe.release import released


def create_app(settings: Settings | None = None, *, works: bool = True) -> FastAPI:
    """Build the application over the database or home that the settings name.

    Args:
        settings: which; what the environment and ``.env`` say if left out.
        works: the process also works on the runs.

    Mounted into another application, it needs that one's lifespan to run its own
    (``async with app.router.lifespan_context(app)``): an application that is mounted is not told of a start.

    """
    tools, settings = Mounted(), settings or Settings.read()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.metrics = Metrics()
        async with engine(settings, observers(app.state.metrics), works=works) as app.state.engine:
            app.state.admission = Admission(app.state.engine, settings.max_open_runs)
            async with tools.up(Reports(app.state.engine, settings.max_open_runs)):
                yield

    app = FastAPI(
        title="Quire",
        version=released(),
        lifespan=lifespan,
        description="Long documents by agents that react to events.",
        docs_url=None,  # its scripts come from another host; ours is quire.server.http.routes.api_page
        redoc_url=None,
    )
    problems.install(app)
    openapi.describe(app)
    app.include_router(documents.router)
    app.include_router(revising.router)
    app.include_router(plans.router)
    app.include_router(batches.router)
    app.include_router(records.router)
    app.include_router(events.router)
    app.include_router(sources.router)
    app.include_router(insight.router)
    app.include_router(catalogue.router)
    app.include_router(page.router)
    app.include_router(verification.router)
    app.include_router(service.router)
    app.include_router(api_page.router)
    app.router.routes.append(Route(PATH, endpoint=tools))
    mount_langserve(app, settings, lambda: app.state)
    guard(app, settings)
    return app


def observers(metrics: Metrics) -> list[Observer]:
    """Choose who hears of what happens here."""
    return [metrics, EventLog(), *tracing()]
