"""The HTTP under the model client."""

import pytest
from model_server import ModelServer

from quire.nodes.model.transport import BodyTooLongError, client

BODY = {"model": "m", "messages": [{"role": "user", "content": "?"}]}


async def test_a_body_that_grows_beyond_any_reply_is_not_read_to_its_end() -> None:
    with ModelServer(script=lambda _: "flood") as server:
        async with client() as http:
            with pytest.raises(BodyTooLongError):
                await http.post(f"{server.url}/chat/completions", json=BODY)


async def test_the_key_does_not_follow_a_redirect() -> None:
    with ModelServer(script=lambda _: "redirect") as server:
        async with client() as http:
            response = await http.post(f"{server.url}/chat/completions", json=BODY, headers={"authorization": "k"})

    assert response.status_code == 307
    assert len(server.asked) == 1


async def test_an_ordinary_body_passes() -> None:
    with ModelServer(reply=lambda _: "x" * 1_000_000) as server:
        async with client() as http:
            response = await http.post(f"{server.url}/chat/completions", json=BODY)

    assert len(response.json()["choices"][0]["message"]["content"]) == 1_000_000
