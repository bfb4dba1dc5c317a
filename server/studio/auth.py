"""Who may use LangGraph's Agent Server: the same keys as everywhere, and each tenant what is his."""

import asyncio
from typing import Any

from langgraph_sdk import Auth
from starlette.datastructures import Headers

from quire.nodes.config.settings import Settings
from quire.server.execution.register import LOCAL
from quire.server.http.auth import presented

auth = Auth()
_SETTINGS = Settings.read()


@auth.authenticate
async def authenticate(headers: dict[bytes, bytes]) -> Auth.types.MinimalUserDict:
    """Tell whose key it is; without configured keys everybody is the same tenant.

    Raises:
        HTTPException: 401, there is no key or it is unknown.

    """
    if not _SETTINGS.keyed:
        return {"identity": LOCAL}
    key = presented(Headers(raw=[(name.lower(), value) for name, value in headers.items()]))
    tenant = await asyncio.to_thread(_SETTINGS.tenant_of, key) if key else None
    if tenant is None:
        raise Auth.exceptions.HTTPException(status_code=401, detail="A key is needed")
    return {"identity": tenant}


@auth.on
async def own_only(ctx: Auth.types.AuthContext, value: dict[str, Any]) -> Auth.types.FilterType:
    """Mark what a tenant makes as his, and show him nothing else."""
    owner = {"owner": ctx.user.identity}
    value.setdefault("metadata", {}).update(owner)
    return owner


@auth.on.assistants
async def assistants_for_all(ctx: Auth.types.AuthContext, value: dict[str, Any]) -> bool:
    """Let everybody see the graphs, which belong to nobody. Only where no keys tell callers apart, all may be done."""
    del value
    return not _SETTINGS.keyed or ctx.action in {"read", "search"}


@auth.on.store
async def no_store(ctx: Auth.types.AuthContext, value: dict[str, Any]) -> None:
    """Close the store, in which runs of all tenants are recorded, where keys tell callers apart.

    Raises:
        HTTPException: 403.

    """
    del ctx, value
    if _SETTINGS.keyed:
        raise Auth.exceptions.HTTPException(status_code=403, detail="The store is closed")
