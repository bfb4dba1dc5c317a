"""The endpoints of an event loop: one for each address and key, and one for each model that was handed in."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel

from quire.nodes.config.settings import Settings
from quire.nodes.event_store.leases import Leases
from quire.nodes.faults import BadInput, ModelFault
from quire.nodes.model.admission import Admission, Admissions
from quire.nodes.model.clients import HandedIn, Made
from quire.nodes.model.embedding import EmbeddingEndpoint
from quire.nodes.model.endpoint import Endpoint
from quire.nodes.model.kinds import KINDS
from quire.nodes.model.providers import problem_of
from quire.nodes.model.request import Request
from quire.nodes.model.routes import Route, embedding_route, fallback_route, label_of_fallback, route_of


@dataclass(frozen=True)
class Place:
    """Where a model is asked."""

    endpoint: Endpoint | EmbeddingEndpoint
    admission: Admission
    route: Route | None
    """None for a model that was handed in."""

    @property
    def called(self) -> str:
        """What the provider calls the model; empty where nothing has to say it."""
        return self.route.model if self.route else ""


class Endpoints:
    """Finds the place of a model, and makes it when it is first asked.

    Args:
        settings: say where models are.
        leases: shares slots and rates with other processes.
        clock: monotonic seconds.
        sleep: waits that many seconds.

    """

    def __init__(
        self,
        settings: Settings,
        leases: Leases | None,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._settings = settings
        self._admissions = Admissions(settings, leases, clock, sleep)
        self._known: dict[object, tuple[Endpoint | EmbeddingEndpoint, Admission]] = {}
        self._handed_in: dict[int, BaseChatModel] = {}
        """Held, so that no other model gets its identity."""

    def places_of(self, request: Request, agent: str, model: BaseChatModel | None) -> dict[str, Place]:
        """Give where each model of a call is asked.

        Raises:
            ModelFault: no endpoint is known that could have it.

        """
        if model is not None:
            return {request.model: self._of(model)}
        embeds = bool(request.texts)
        route = embedding_route(self._settings) if embeds else route_of(self._settings, agent, request.model)
        if route is None:
            raise ModelFault(
                "unknown-model", f"{KINDS['unknown-model'].said}: no endpoint is set for {request.model!r}"
            )
        if embeds:
            return {request.model: self._embedding(route)}
        places = {request.model: self._at(route)}
        second = request.fallback_model
        if second and (other := self._route_of_fallback(request, agent, second)):
            places[second] = self._at(other)
        return places

    def _route_of_fallback(self, request: Request, agent: str, second: str) -> Route | None:
        if second == label_of_fallback(self._settings, request.model):
            return fallback_route(self._settings)
        return route_of(self._settings, agent, second)

    def _at(self, route: Route) -> Place:
        if problem := problem_of(f"{route.provider}:{route.model}"):
            raise BadInput(problem, field="model")
        identity = (route.provider, route.url, route.key)
        if identity not in self._known:
            self._known[identity] = (Endpoint(Made(route), route.host), self._admissions.another())
        return Place(*self._known[identity], route)

    def _embedding(self, route: Route) -> Place:
        """Give an endpoint of its own, though chat models may have its address: one may be out, and not the other."""
        identity = ("embeddings", route.url, route.key)
        if identity not in self._known:
            self._known[identity] = (EmbeddingEndpoint(route), self._admissions.another())
        return Place(*self._known[identity], route)

    def _of(self, model: BaseChatModel) -> Place:
        if id(model) not in self._known:
            self._handed_in[id(model)] = model
            self._known[id(model)] = (Endpoint(HandedIn(model), type(model).__name__), self._admissions.another())
        return Place(*self._known[id(model)], None)

    async def drained(self) -> None:
        """Let no call begin any more, and wait until those under way are over."""
        await self._admissions.slots.drained()

    async def close(self) -> None:
        """Close the connections."""
        await self._admissions.slots.close()
        for endpoint, _ in self._known.values():
            await endpoint.close()
