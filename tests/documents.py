"""Documents that tests have written over HTTP."""

from typing import Any

import httpx
from toys import toy_brief


def begin(server: str, *sections: dict[str, Any], **more: object) -> str:
    """Have a small document written, and give its id."""
    return _begun(httpx.post(f"{server}/documents", json=toy_brief(*sections, **more), timeout=60))


def written_for(server: str, key: str, brief: dict[str, Any]) -> None:
    """Have a document written to its end by whoever has a key."""
    with httpx.Client(base_url=server, headers={"Authorization": f"Bearer {key}"}, timeout=60) as tenant:
        run = _begun(tenant.post("/documents", json=brief))
        tenant.get(f"/documents/{run}/events")  # ends with the run


def _begun(answer: httpx.Response) -> str:
    assert answer.status_code == httpx.codes.ACCEPTED, answer.text
    return str(answer.json()["id"])
