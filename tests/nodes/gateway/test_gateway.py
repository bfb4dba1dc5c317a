"""A call through the gateway, against a real server."""

from nodes.gateway.gateway import Gateway
from nodes.gateway.request import Request
from nodes.record.memory import MemoryRecord
from nodes.settings import Settings
from tests.model_server import ModelServer


async def test_a_recorded_reply_is_not_asked_for_again() -> None:
    record = MemoryRecord()
    request = Request(model="gpt-4o-mini", system="Be brief.", user=("What is a quire?",))
    key = request.key(section="a", epoch=1, agent="writer", step="draft", round_number=1)
    with ModelServer(lambda _: "A gathering of sheets.") as server:
        gateway = Gateway(Settings(openai_base_url=server.url, _env_file=None), secret=b"s")
        first = await gateway.call(request, run="r", key=key, ledger=record)
        second = await gateway.call(request, run="r", key=key, ledger=record)
        await gateway.close()

    assert first == second
    assert first.text == "A gathering of sheets."
    assert len(server.asked) == 1
