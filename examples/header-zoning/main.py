"""Two agents that know each other's events and nothing else: HeaderDone wakes the zoning agent."""

import asyncio

from quire.graphs.dispatch.functions import agent, happened, reacting
from quire.graphs.events import Event


class ReportRequested(Event, external=True):
    address: str


class HeaderDone(Event):
    title: str
    district: str


class ZoningDone(Event, terminal=True):
    text: str


@agent(handles=ReportRequested, emits=HeaderDone)
async def header(event: ReportRequested) -> HeaderDone:
    return HeaderDone(title=f"Site and zoning report, {event.address}", district="B-2")


@agent(handles=HeaderDone, emits=ZoningDone)
async def zoning(event: HeaderDone) -> ZoningDone:
    return ZoningDone(text=f"{event.title}: the site lies in district {event.district}.")


graph = reacting([header, zoning])

if __name__ == "__main__":
    story = asyncio.run(graph.ainvoke(happened(ReportRequested(address="41 Mill Lane"))))
    for told in story["log"]:
        print(told["n"], told["type"], told["data"])
