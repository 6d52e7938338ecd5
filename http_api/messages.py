"""What is said about accounts and sessions: the bodies of calls and of their answers."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from tracker.fields import Email, Name

PASSWORD_MIN_LENGTH = 10
# Longer ones are refused before they cost anything to hash.
PASSWORD_MAX_LENGTH = 128

Password = Annotated[SecretStr, Field(min_length=1, max_length=PASSWORD_MAX_LENGTH)]
"""A password as somebody typed it."""

NewPassword = Annotated[SecretStr, Field(min_length=PASSWORD_MIN_LENGTH, max_length=PASSWORD_MAX_LENGTH)]


class Body(BaseModel):
    """What a caller sends: strict, and without fields that nobody knows."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SignUp(Body):
    """A new account. The address is kept in lower case; it is where its owner can be reached."""

    email: Email
    name: Name
    password: NewPassword


class SignIn(Body):
    """The way into an account."""

    email: Email
    password: Password


class PasswordChange(Body):
    """A new password, in exchange for the old one."""

    current_password: Password
    new_password: NewPassword


class AccountAnswer(BaseModel):
    """An account, as its owner sees it."""

    id: UUID
    email: str
    name: str
    created_at: datetime


class AccountEnvelope(BaseModel):
    """The account of whoever asks."""

    account: AccountAnswer


class SignedIn(BaseModel):
    """Signed in: the access token, and in how many seconds it ends. The refresh token came in a cookie."""

    account: AccountAnswer
    access_token: str
    expires_in: int


class ConfirmedAnswer(BaseModel):
    """Up to which seq of which epoch a device has stored a board, as it said at that moment."""

    board_id: UUID
    epoch: UUID
    seq: int
    at: datetime


class SessionAnswer(BaseModel):
    """A device that is signed in; `current` is the one that asks. `confirmed`: how far it has each board."""

    id: UUID
    device_name: str
    created_at: datetime
    last_seen_at: datetime
    ip: str
    current: bool
    confirmed: list[ConfirmedAnswer]


class SessionList(BaseModel):
    """All devices that are signed in, the one seen last first."""

    sessions: list[SessionAnswer]
