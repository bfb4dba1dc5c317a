"""Waves, durable in LangGraph's way: a checkpoint in SQLite after every superstep."""

from typing import Any

import peer_waves
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver


async def generate(work: Any) -> dict[int, str]:
    """Write every section."""
    async with AsyncSqliteSaver.from_conn_string(f"{work.tmp}/checkpoints.db") as saver:
        graph = peer_waves.build(work, saver)
        config = {"configurable": {"thread_id": "1"}, "recursion_limit": 10_000}
        out = await graph.ainvoke({"approved": {}}, config)
    approved: dict[int, str] = out["approved"]
    return approved
