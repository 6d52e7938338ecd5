"""The answer of whoever has just signed in, signed up or come back with a refresh token."""

from starlette.responses import Response

from http_api.accounts import Account
from http_api.messages import AccountAnswer, SignedIn
from http_api.parts import Parts
from http_api.refresh_cookie import set_refresh_cookie
from http_api.sessions import Session
from tracker import wire


def account_answer(account: Account) -> AccountAnswer:
    """The account as its owner sees it."""
    return AccountAnswer(id=account.id, email=account.email, name=account.name, created_at=account.created_at)


def signed_in(parts: Parts, account: Account, session: Session, refresh_token: str, status: int = 200) -> Response:
    """An access token in the body, the refresh token in its cookie."""
    access_token, expires_in = parts.access_tokens.sign(account.id, session.id, session.expires_at)
    answer = SignedIn(account=account_answer(account), access_token=access_token, expires_in=expires_in)
    response = Response(wire.encode(answer.model_dump()), status, media_type="application/json")
    set_refresh_cookie(response, refresh_token, session.expires_at, secure=parts.config.secure_cookies)
    return response
