"""The servers whose tools may be called, as the operator names them in the settings. No brief adds one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator

from quire.nodes.decode import strict_json
from quire.nodes.decode.shaped import shaped
from quire.nodes.faults import BadInput

EVERY_TENANT: Final = "*"
"""Stands among a server's tenants for all of them."""


class ToolServer(BaseModel):
    """How a server is reached, and for whom: a command that is started for each call, or an address over HTTP."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    command: str = ""
    args: list[str] = []
    env: dict[str, str] = {}
    """What the command's environment has beside the paths of the system; nothing of ours is handed on."""
    url: Annotated[str, Field(pattern=r"^(https?://[^\s@]+)?$")] = ""
    headers: dict[str, str] = {}
    tenants: list[str] = []
    """For whom it is released over a network. In a shell every server may be used that is named."""
    seconds: Annotated[float, Field(gt=0, le=600, allow_inf_nan=False)] = 60.0
    """How long a call may take, from its beginning to its reply."""

    @model_validator(mode="after")
    def _is_reached_one_way(self) -> "ToolServer":
        if bool(self.command) == bool(self.url):
            raise ValueError("must have either command or url")
        if self.url and (self.args or self.env):
            raise ValueError("args and env go with a command")
        if self.command and self.headers:
            raise ValueError("headers go with a url")
        return self

    def is_released_for(self, tenant: str) -> bool:
        """Whether a tenant may use it over a network."""
        return tenant in self.tenants or EVERY_TENANT in self.tenants


class _Servers(RootModel[dict[str, ToolServer]]):
    """Servers by the names that briefs use."""


def read_servers(said: str) -> Mapping[str, ToolServer]:
    """Read ``{"prices": {"url": "http://…/mcp", "tenants": ["acme"]}}``, or the path of a file that holds it.

    Raises:
        ValueError: says what is wrong, and nothing of what stands in it: headers hold keys.

    """
    text = said if said.lstrip().startswith("{") else _text_of(Path(said))
    try:
        return shaped(_Servers, strict_json.parse(text)).root
    except BadInput as problem:
        raise ValueError(": ".join(part for part in (problem.field, problem.problem) if part)) from None


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as unread:
        raise ValueError(f"the file {path} cannot be read: {type(unread).__name__}") from None
