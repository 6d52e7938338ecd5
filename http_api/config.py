"""What the program tells the API about its surroundings."""

from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiConfig:
    """The settings this package stands on; `lockstep` fills them from the environment.

    `allowed_origins` are written as browsers write them (scheme://host[:port]); `trusted_proxies` are the networks
    whose X-Forwarded-For is believed.
    """

    secret_key: str = field(repr=False)
    public_url: str
    allowed_origins: frozenset[str]
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    rate_limits: bool = True
    secure_cookies: bool = True
