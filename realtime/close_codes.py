"""Why the server closes a socket. The codes are part of the contract: they tell the client to come back or to stop."""

from enum import IntEnum


class CloseCode(IntEnum):
    """Codes below 4000 are RFC 6455's. The client stops at MISUSE and UNKNOWN_PROTOCOL, else it comes back."""

    GOING_AWAY = 1001
    PROTOCOL_ERROR = 1002  # RFC 6455 broken
    UNREADABLE = 1007  # not UTF-8
    RESTARTING = 1012
    MISUSE = 4400  # something other than a hello came first
    NOT_AUTHENTICATED = 4401  # token invalid or expired, or the sign-in ended
    NO_HELLO = 4408
    TOO_SLOW = 4409
    TOO_LARGE = 4413
    UNKNOWN_PROTOCOL = 4426
    TOO_MANY = 4429
