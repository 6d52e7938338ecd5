"""Every setting of the program, read once from the environment into one frozen object."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final, TypeVar

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from lockstep.logs import LogFormat, LogLevel
from lockstep.settings_fields import (
    DatabaseAddress,
    FaultCounts,
    Networks,
    RedisAddress,
    SecretKey,
    WebAddress,
    WebAddresses,
)

# The migrations and the built client lie beside the code.
ROOT: Final = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """Settings are missing or bad: one sentence for each, naming the setting and never showing its value."""


class _Defaulted(BaseSettings):
    """The settings that every installation can leave alone. `.env.example` explains them to operators."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    extra_origins: WebAddresses = ()
    trusted_proxies: Networks = ()
    database_pool_size: int = Field(default=20, ge=2, le=200)
    data_dir: Path = Path("data")
    client_dir: Path = ROOT / "client" / "dist"
    keep_log_days: int = Field(default=365, ge=1)
    rate_limits: bool = True
    drain_seconds: float = Field(default=10, ge=0, le=300)
    log_format: LogFormat = "json"
    log_level: LogLevel = "info"


class Settings(_Defaulted):
    """What a node runs with. It refuses to start without the four settings that have no default."""

    database_url: DatabaseAddress = Field(repr=False)
    redis_url: RedisAddress = Field(repr=False)
    secret_key: SecretKey
    public_url: WebAddress
    # After `public_url`, which decides whether it may be set.
    fault_points: FaultCounts = Field(default={}, validate_default=False)

    @property
    def allowed_origins(self) -> frozenset[str]:
        """The origins whose pages may open a socket or use the refresh cookie."""
        return frozenset({self.public_url, *self.extra_origins})

    @property
    def is_https(self) -> bool:
        """Whether people reach this installation over TLS, so that cookies can be kept to it."""
        return self.public_url.startswith("https://")


class EmbeddedSettings(_Defaulted):
    """What the embedded form starts from; it brings itself what is not given."""

    log_format: LogFormat = "console"
    # One person at one machine has nobody to spread a stop for.
    drain_seconds: float = Field(default=1, ge=0, le=300)
    database_url: DatabaseAddress | None = None
    redis_url: RedisAddress | None = None
    secret_key: SecretKey | None = None
    public_url: WebAddress | None = None


SettingsT = TypeVar("SettingsT", Settings, EmbeddedSettings)


def read_settings(kind: type[SettingsT], env_file: Path | None = None) -> SettingsT:
    """Read the environment, and what it lacks from `env_file`. Raises `SettingsError` for what is missing or bad."""
    try:
        return kind(_env_file=env_file)
    except ValidationError as error:
        # Not chained: the original shows the values.
        raise SettingsError("\n".join(_sentences(error.errors()))) from None


def _sentences(errors: Iterable[ErrorDetails]) -> Iterable[str]:
    for error in errors:
        name = str(error["loc"][0]).upper()
        match error["type"]:
            case "missing":
                yield f"{name} is not set, and it has no default."
            case "value_error":
                yield f"{name} {error['ctx']['error']}."
            case _:
                yield f"{name} is not usable: {error['msg'].lower()}."
