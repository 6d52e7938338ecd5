"""Access tokens: short-lived signed statements of who somebody is. The only module that knows PyJWT."""

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import jwt

from tracker.identity import Identity, NotAuthenticated

LIFETIME: Final = timedelta(minutes=10)
ALGORITHM: Final = "HS256"
TYPE: Final = "at+jwt"  # RFC 9068
AUDIENCE: Final = "lockstep"
REQUIRED: Final = ("iss", "aud", "sub", "sid", "iat", "nbf", "exp")

# Ours have about 400 characters. Longer ones are not even parsed.
SIZE_LIMIT: Final = 2048
# A node whose clock is this much behind still takes the token of another.
CLOCK_SKEW: Final = timedelta(seconds=30)


class AccessTokens:
    """Signs and reads access tokens with a key of their own, derived from the installation's secret.

    The issuer is the installation's public address, so that two that were given one secret do not mix.
    """

    def __init__(self, secret_key: str, issuer: str) -> None:
        # One step of HKDF (RFC 5869) is enough: the secret is random and the key has the hash's length.
        self._key = hmac.digest(secret_key.encode(), b"lockstep access tokens 1\x01", "sha256")
        self._kid = sha256(b"kid" + self._key).hexdigest()[:16]
        self._issuer = issuer
        self._header = self._encoded({}).partition(".")[0]

    def sign(self, account_id: UUID, session_id: UUID, session_expires_at: datetime) -> tuple[str, int]:
        """A token for this session, and in how many seconds it ends: never after the session itself."""
        now = datetime.now(UTC)
        expires_at = min(now + LIFETIME, session_expires_at)
        claims = {
            "iss": self._issuer,
            "aud": AUDIENCE,
            "sub": str(account_id),
            "sid": str(session_id),
            "iat": now,
            "nbf": now - CLOCK_SKEW,
            "exp": expires_at,
        }
        return self._encoded(claims), int((expires_at - now).total_seconds())

    def read(self, token: str) -> Identity:
        """Who the token says it is. Raises `NotAuthenticated`; does not know whether the session has ended."""
        if len(token) > SIZE_LIMIT:
            raise NotAuthenticated
        try:
            if not self._has_our_header(token):
                raise NotAuthenticated
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=self._issuer,
                # `nbf` already allows for skew; `iat` would not.
                options={"require": list(REQUIRED), "strict_aud": True, "verify_iat": False},
            )
            return Identity(
                account_id=UUID(claims["sub"]),
                session_id=UUID(claims["sid"]),
                expires_at=datetime.fromtimestamp(claims["exp"], UTC),
            )
        except (jwt.PyJWTError, ValueError, TypeError, AttributeError, OverflowError) as error:
            raise NotAuthenticated from error

    def _encoded(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self._key, ALGORITHM, headers={"typ": TYPE, "kid": self._kid})

    def _has_our_header(self, token: str) -> bool:
        """Exactly ours: no `crit`, `jku`, `jwk` or `x5u` is ever looked at."""
        # Written letter by letter as we write it, it need not be parsed; in another order it is as good.
        return token.partition(".")[0] == self._header or jwt.get_unverified_header(token) == {
            "alg": ALGORITHM,
            "typ": TYPE,
            "kid": self._kid,
        }
