"""What each kind of setting accepts. A complaint reads on from the name of the setting and holds no value."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any, Final, cast, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationInfo
from pydantic_settings import NoDecode

from tracker.fault_points import FaultPoint
from tracker.redis_link import CLUSTER_SCHEMES

# Shorter keys can be guessed offline from one signed token (RFC 7518, section 3.2: HS256 needs 256 bits).
SECRET_KEY_MIN_BYTES: Final = 32
# Fewer different bytes than this are a pattern that somebody typed, not the output of a random source.
SECRET_KEY_MIN_DIFFERENT_BYTES: Final = 8
# The passwords that images and tutorials come with.
WELL_KNOWN_PASSWORDS: Final = frozenset(
    {
        "admin",
        "change-me",
        "changeme",
        "lockstep",
        "password",
        "postgres",
        "redis",
        "root",
        "secret",
        "valkey",
    }
)
REDIS_SCHEMES: Final = ("redis", "rediss", "unix", *CLUSTER_SCHEMES)
LOOPBACK_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def origin_of(url: str) -> str:
    """`scheme://host[:port]` of a URL as browsers write it in `Origin`: lower case, no default port."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    default_port = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, default_port) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or "*" in parts.netloc:
        raise ValueError("must be a full address such as https://lockstep.example")
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("must hold no sign-in, query or fragment")
    if parts.path.strip("/"):
        raise ValueError("must hold no path, because Lockstep is served from the root of its host")
    return origin_of(value)


def _refuse_well_known_password(url: str) -> None:
    parts = urlsplit(url)
    if parts.hostname in LOOPBACK_HOSTS or parts.password is None:
        return
    if parts.password.lower() in WELL_KNOWN_PASSWORDS:
        raise ValueError("holds a password that everybody knows; choose a random one")


def _database_address(value: str) -> str:
    scheme, _, rest = value.partition("://")
    if scheme not in ("postgres", "postgresql", "postgresql+asyncpg") or not rest:
        raise ValueError("must begin with postgresql://")
    _refuse_well_known_password(value)
    # libpq's name for the TLS mode, as hosters hand it out; asyncpg calls the same thing `ssl`.
    return re.sub(r"([?&])sslmode=", r"\1ssl=", f"postgresql+asyncpg://{rest}")


def _redis_address(value: str) -> str:
    scheme, _, rest = value.partition("://")
    if scheme not in REDIS_SCHEMES:
        raise ValueError(f"must begin with one of {', '.join(f'{scheme}://' for scheme in REDIS_SCHEMES)}")
    if scheme in CLUSTER_SCHEMES and urlsplit(value).path.strip("/0"):
        raise ValueError("must name no database, because a cluster has only one")
    if scheme not in CLUSTER_SCHEMES and "," in rest.rpartition("@")[2].partition("/")[0]:
        raise ValueError("names several servers, which must begin with redis+cluster:// or rediss+cluster://")
    _refuse_well_known_password(value)
    return value


def _strong_secret(value: SecretStr) -> SecretStr:
    key = value.get_secret_value().encode()
    if len(key) < SECRET_KEY_MIN_BYTES:
        raise ValueError(f"must be at least {SECRET_KEY_MIN_BYTES} bytes long")
    if len(set(key)) < SECRET_KEY_MIN_DIFFERENT_BYTES:
        raise ValueError("must be random, for instance from `openssl rand -base64 48`")
    return value


def _networks(value: str | tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(item) for item in _split_list(value))
    except ValueError:
        raise ValueError("must be addresses or networks such as 10.0.0.0/8, with commas between") from None


def _fault_points(value: str | dict[FaultPoint, int], info: ValidationInfo) -> dict[FaultPoint, int]:
    # A default is a mapping already.
    deadly = value if isinstance(value, dict) else dict(_fault_point(item) for item in _split_list(value))
    public_url: Any = info.data.get("public_url")
    if deadly and public_url is not None and not is_local(public_url):
        raise ValueError("ends nodes on purpose, so it is only for tests, where PUBLIC_URL is on this machine")
    return deadly


def _fault_point(item: str) -> tuple[FaultPoint, int]:
    name, _, count = item.partition(":")
    if name not in get_args(FaultPoint) or not count.isdecimal() or int(count) < 1:
        raise ValueError(f"must be a point and a count, such as {get_args(FaultPoint)[0]}:1")
    return cast(FaultPoint, name), int(count)


def is_local(web_address: str) -> bool:
    """Whether only this machine can mean this address."""
    return urlsplit(web_address).hostname in LOOPBACK_HOSTS


def _split_list(value: str | tuple[str, ...]) -> tuple[str, ...]:
    # A default is a tuple already.
    items = value.split(",") if isinstance(value, str) else value
    return tuple(item.strip() for item in items if item.strip())


DatabaseAddress = Annotated[str, AfterValidator(_database_address)]
RedisAddress = Annotated[str, AfterValidator(_redis_address)]
SecretKey = Annotated[SecretStr, AfterValidator(_strong_secret)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
WebAddresses = Annotated[tuple[WebAddress, ...], NoDecode, BeforeValidator(_split_list)]
FaultCounts = Annotated[dict[FaultPoint, int], NoDecode, BeforeValidator(_fault_points)]
Networks = Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(_networks)]
