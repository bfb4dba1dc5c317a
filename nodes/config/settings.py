"""What the environment says, read here and nowhere else.

Variables come from the environment or from ``.env`` in the working directory; the environment wins,
and an empty variable counts as unset.
"""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from quire.nodes.config.api_keys import ApiKey, keys_in, read_keys, tenant_among
from quire.nodes.config.settings_models import ModelSettings, variables_by_agent
from quire.nodes.config.spending import EVERY_TENANT, read_budgets, read_limits, read_prices
from quire.nodes.event_store.accounts import Limits
from quire.nodes.faults import BadInput
from quire.nodes.model.prices import Price
from quire.nodes.tools.servers import ToolServer, read_servers

_log = logging.getLogger("quire")
_JSON: Final[Mapping[str, Callable[[str], Any]]] = {
    "mcp_servers": read_servers,
    "prices": read_prices,
    "run_budget": read_limits,
    "tenant_budgets": read_budgets,
}
"""How the variables are read that are JSON."""


class Settings(ModelSettings):
    """Quire's settings. Read them with :meth:`read`; secrets never show in ``repr``."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        case_sensitive=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        str_strip_whitespace=True,
        hide_input_in_errors=True,
    )

    verify: Literal["model", "code"] = Field(default="model", validation_alias="QUIRE_VERIFY")
    """Who holds claims against their evidence once code has: a model, where one is configured, or nobody."""
    home: Path = Field(default=Path(".quire"), validation_alias="QUIRE_HOME")
    database_url: SecretStr | None = Field(default=None, validation_alias="QUIRE_DATABASE_URL")
    """A secret, because it may hold a password. Unset: SQLite under ``home``."""
    api_keys: Annotated[tuple[ApiKey, ...], NoDecode] = Field(default=(), validation_alias="QUIRE_API_KEYS", repr=False)
    api_keys_file: Path | None = Field(default=None, validation_alias="QUIRE_API_KEYS_FILE")
    """Further keys, one a line. It is read again when it changes: who is taken out of it is let in no more."""
    max_open_runs: int = Field(default=100, validation_alias="QUIRE_MAX_OPEN_RUNS", ge=1, le=100_000)
    """Runs of one tenant that may be accepted and not finished; those that wait for a person do not count."""
    max_calls: int = Field(default=16, validation_alias="QUIRE_MAX_CALLS", ge=1, le=1024)
    """Model calls under way at once, over all processes of a database."""
    call_timeout: float = Field(
        default=120.0, validation_alias="QUIRE_CALL_TIMEOUT", gt=0, le=3600, allow_inf_nan=False
    )
    """Seconds that one attempt at a model call may take, from request to last byte."""
    requests_per_minute: int | None = Field(default=None, validation_alias="QUIRE_REQUESTS_PER_MINUTE", ge=1)
    """Requests that the endpoint is sent in any sixty seconds. Unset: no limit."""
    tokens_per_minute: int | None = Field(default=None, validation_alias="QUIRE_TOKENS_PER_MINUTE", ge=1)
    """Tokens, prompt and completion together, in any sixty seconds. Unset: no limit."""
    outage_patience: float = Field(
        default=900.0, validation_alias="QUIRE_OUTAGE_PATIENCE", ge=0, le=86_400, allow_inf_nan=False
    )
    """Seconds that calls wait for an endpoint which has worked and then failed for everybody."""
    outage_limit: float = Field(
        default=86_400.0, validation_alias="QUIRE_OUTAGE_LIMIT", ge=0, le=2_592_000, allow_inf_nan=False
    )
    """Seconds of an outage after which sections fail. Between the patience and the limit a run is put aside."""
    prices: Annotated[Mapping[str, Price], NoDecode] = Field(default_factory=dict, validation_alias="QUIRE_PRICES")
    """What models cost: JSON by model, or the path of a file of it. They go before the prices we know."""
    run_budget: Annotated[Limits, NoDecode] = Field(default=Limits(), validation_alias="QUIRE_RUN_BUDGET")
    """What any run may spend; a brief may ask for less."""
    tenant_budgets: Annotated[Mapping[str, Limits], NoDecode] = Field(
        default_factory=dict, validation_alias="QUIRE_TENANT_BUDGETS"
    )
    """What a tenant may spend from midnight to midnight UTC, by tenant; ``*`` is whoever is not named."""
    runs_in_all: int = Field(default=200, validation_alias="QUIRE_RUNS_IN_ALL", ge=1)
    """Served runs at work at once, over all workers of a database; the others wait in the queue."""
    runs_per_worker: int = Field(default=16, validation_alias="QUIRE_RUNS_PER_WORKER", ge=1)
    runs_per_tenant: int = Field(default=8, validation_alias="QUIRE_RUNS_PER_TENANT", ge=1)
    """Over all workers. Below the number per worker, so that one tenant's runs leave room for another's."""
    mcp_servers: Annotated[Mapping[str, ToolServer], NoDecode] = Field(
        default_factory=dict, validation_alias="QUIRE_MCP_SERVERS", repr=False
    )
    """Servers whose tools briefs may name as sources: JSON by name, or the path of a file of it."""
    keep_days: float | None = Field(default=None, validation_alias="QUIRE_KEEP_DAYS", gt=0, allow_inf_nan=False)
    """Days after their end for which runs are kept. Unset: for ever."""
    langserve: bool = Field(default=True, validation_alias="QUIRE_LANGSERVE")
    """Whether the server has LangServe's routes, whose licence not everybody can use."""

    @classmethod
    def read(cls) -> "Settings":
        """Read the environment and ``.env``.

        Raises:
            BadInput: a variable cannot be used; names the variable, never its value.

        """
        try:
            made = cls()
        except ValidationError as invalid:
            first = invalid.errors(include_input=False, include_url=False)[0]
            name = str(first["loc"][0])
            problem = first["msg"].removeprefix("Value error, ")
            raise BadInput(f"cannot be used: {problem}", field=name) from None
        except UnicodeDecodeError:
            raise BadInput("is not UTF-8 text", file=".env") from None
        made.check_models()
        return made

    @property
    def database(self) -> str:
        """The database's URL.

        Raises:
            BadInput: none is named.

        """
        if self.database_url is None:
            raise BadInput("is not set", field="QUIRE_DATABASE_URL", hint="postgresql://user@host/database")
        return self.database_url.get_secret_value()

    def made_home(self) -> Path:
        """Give the home; it is made if it was not there.

        Raises:
            BadInput: it cannot be.

        """
        try:
            self.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            problem = f"{self.home} cannot be made a folder: {error.strerror}"
            raise BadInput(problem, field="QUIRE_HOME", hint="name a folder that can be written") from None
        return self.home

    def tenant_budget(self, tenant: str) -> Limits:
        """Give what a tenant may spend in a day."""
        return self.tenant_budgets.get(tenant, self.tenant_budgets.get(EVERY_TENANT, Limits()))

    @property
    def keyed(self) -> bool:
        """Whether callers of the server need a key."""
        return bool(self.api_keys) or self.api_keys_file is not None

    def tenant_of(self, key: str) -> str | None:
        """Give the tenant that a caller's key stands for; None if it is unknown.

        A file of keys that cannot be used lets nobody in: a key that was to be taken out may be among them.
        """
        try:
            filed = keys_in(self.api_keys_file) if self.api_keys_file else ()
        except ValueError as problem:
            _log.error("QUIRE_API_KEYS_FILE cannot be used, and nobody is let in: %s", problem)
            return None
        return tenant_among((*self.api_keys, *filed), key)

    @field_validator(*_JSON, mode="before")
    @classmethod
    def _read_json(cls, value: object, info: ValidationInfo) -> object:
        return _JSON[str(info.field_name)](value) if isinstance(value, str) else value

    @field_validator("api_keys", mode="before")
    @classmethod
    def _split_keys(cls, value: object) -> object:
        return read_keys(value) if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _of_postgres(cls, value: SecretStr | None) -> SecretStr | None:
        """Refuse the address of another database here: the driver would only say that it cannot be parsed."""
        scheme, found, _ = value.get_secret_value().partition("://") if value else ("", "", "")
        if found and scheme not in {"postgresql", "postgres"}:
            raise ValueError(
                "it is no address of Postgres (postgresql://user@host/database); without it SQLite is used"
            )
        return value

    @field_validator("api_keys_file")
    @classmethod
    def _holds_keys(cls, value: Path | None) -> Path | None:
        if value is not None:
            keys_in(value)
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Add the models by agent, whose variables have no fixed names; the last source is the weakest."""
        del file_secret_settings
        variables: dict[str, str | None] = {}
        for source in (dotenv_settings, env_settings):
            if isinstance(source, EnvSettingsSource):
                variables |= source.env_vars
        by_agent = InitSettingsSource(settings_cls, variables_by_agent(variables))
        return init_settings, env_settings, dotenv_settings, by_agent
