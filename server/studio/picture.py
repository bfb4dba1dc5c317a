"""The picture of what Studio shows, drawn from the Agent Server's own answer.

::

    python -m quire.server.studio.picture http://127.0.0.1:2024 docs/studio.md
"""

import asyncio
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from langgraph_sdk import get_client

BEGIN, END = "<!-- picture: begin -->", "<!-- picture: end -->"


def picture_of(graph: Mapping[str, Any]) -> str:
    """Draw an answer to ``graph?xray`` in Mermaid: dispatchers and agents as boxes around their steps."""
    ids = [str(node["id"]) for node in graph["nodes"]]
    lines = ["```mermaid", "flowchart LR", *_box(ids, "", "  ")]
    for edge in graph["edges"]:
        arrow = "-.->" if edge.get("conditional") else "-->"
        lines.append(f"  {_name(edge['source'])} {arrow} {_name(edge['target'])}")
    return "\n".join([*lines, "```"])


def put_into(text: str, graph: Mapping[str, Any]) -> str:
    """Put the picture between the marks of a text."""
    head, _, rest = text.partition(BEGIN)
    return f"{head}{BEGIN}\n\n{picture_of(graph)}\n\n{END}{rest.partition(END)[2]}"


def _box(ids: Sequence[str], prefix: str, indent: str) -> Iterator[str]:
    inside = [i for i in ids if i.startswith(prefix)]
    for node in (i for i in inside if ":" not in i[len(prefix) :]):
        yield f'{indent}{_name(node)}["{node[len(prefix) :].strip("_")}"]'
    for part in _parts(inside, prefix):
        yield f'{indent}subgraph {_name(prefix + part)}_box["{part}"]'
        yield from _box(inside, f"{prefix}{part}:", indent + "  ")
        yield f"{indent}end"


def _parts(ids: Iterable[str], prefix: str) -> list[str]:
    below = (i[len(prefix) :] for i in ids)
    return sorted({rest.partition(":")[0] for rest in below if ":" in rest})


def _name(node: str) -> str:
    return "n_" + node.replace(":", "_").strip("_")


async def _asked(address: str) -> dict[str, Any]:
    async with get_client(url=address) as client:
        drawn: dict[str, Any] = await client.assistants.get_graph("document", xray=True)
    return drawn


if __name__ == "__main__":
    page = Path(sys.argv[2])
    page.write_text(put_into(page.read_text(encoding="utf-8"), asyncio.run(_asked(sys.argv[1]))), encoding="utf-8")
