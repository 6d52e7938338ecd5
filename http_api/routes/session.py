"""The session of the device that asks: signing in, going on, signing out."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response

from http_api import refresh_tokens
from http_api.accounts import Account, account_by_email, account_by_id, hold_password, replace_password_hash
from http_api.audit import record_act
from http_api.caller import Credentials, Visited
from http_api.errors import ApiError, errors, not_authenticated
from http_api.limits import REFRESH, SIGN_IN, SIGN_IN_ANYWHERE, SIGN_IN_TO_ACCOUNT, address_key
from http_api.messages import SignedIn, SignIn
from http_api.origins import refuse_foreign_origin, require_own_origin
from http_api.parts import Parts, Wired
from http_api.refresh_cookie import RefreshToken, clear_refresh_cookie
from http_api.refresh_tokens import Reused, Rotated
from http_api.sessions import end_session, open_session
from http_api.signed_in import signed_in
from http_api.strict_body import FromJson, StrictRoute
from http_api.visit import Visit

router = APIRouter(route_class=StrictRoute, prefix="/session", tags=["session"])


@router.post("", response_model=SignedIn, responses=errors(401, 403), summary="Sign in")
async def sign_in(body: Annotated[SignIn, FromJson()], request: Request, visit: Visited, parts: Wired) -> Response:
    """Sign this device in. An unknown address and a wrong password get the same answer after the same work."""
    refuse_foreign_origin(request, parts.config.allowed_origins)
    typed = address_key(body.email)
    await parts.limits.take(SIGN_IN, visit.household)
    await parts.limits.take(SIGN_IN_TO_ACCOUNT, f"{visit.household}:{typed}")
    await parts.limits.take(SIGN_IN_ANYWHERE, typed)
    account = await _account_behind(body, visit, parts)
    async with parts.engine.begin() as connection:
        if not await hold_password(connection, account):
            raise _wrong_credentials()
        session = await open_session(connection, account.id, visit.device)
        refresh_token = await refresh_tokens.issue(connection, session.id)
        await record_act(connection, visit, "signed_in", actor=account.id, object_id=session.id)
    await parts.limits.forgive(SIGN_IN_TO_ACCOUNT, f"{visit.household}:{typed}")
    return signed_in(parts, account, session, refresh_token)


async def _account_behind(body: SignIn, visit: Visit, parts: Parts) -> Account:
    async with parts.engine.connect() as connection:
        account = await account_by_email(connection, body.email)
    password = body.password.get_secret_value()
    is_right = await parts.passwords.matches(password, account.password_hash if account else None)
    if account is None or not is_right or account.disabled_at is not None:
        async with parts.engine.begin() as connection:
            tried = account.id if account else None
            await record_act(connection, visit, "sign_in_refused", actor=None, object_id=tried)
        raise _wrong_credentials()
    if parts.passwords.is_outdated(account.password_hash):
        password_hash = await parts.passwords.hash(password)
        async with parts.engine.begin() as connection:
            await replace_password_hash(connection, account, password_hash)
        return replace(account, password_hash=password_hash)
    return account


def _wrong_credentials() -> ApiError:
    return ApiError(401, "wrong_credentials", "The address or the password is wrong.")


@router.post("/refresh", response_model=SignedIn, responses=errors(401, 403), summary="Go on")
async def refresh(request: Request, token: RefreshToken, visit: Visited, parts: Wired) -> Response:
    """Use the refresh token in the cookie for a new one and a new access token.

    A token that was used before ends the whole session: somebody has a copy. Within a few seconds it is taken for
    a lost answer or a second tab, and gets a successor of its own.
    """
    require_own_origin(request, parts.config.allowed_origins)
    await parts.limits.take(REFRESH, visit.household)
    async with parts.engine.begin() as connection:
        outcome = await refresh_tokens.rotate(connection, token or "")
        if isinstance(outcome, Rotated):
            account = await account_by_id(connection, outcome.session.account_id)
            return signed_in(parts, account, outcome.session, outcome.token)
        if isinstance(outcome, Reused):
            family = outcome.session
            await record_act(connection, visit, "refresh_reused", actor=family.account_id, object_id=family.id)
    if isinstance(outcome, Reused):
        await parts.announcer.announce_ended_sessions([outcome.session.id])
    # The cookie is left alone: a late answer must not take away one that a newer sign-in has set.
    raise ApiError(401, "session_ended", "Sign in again.")


@router.delete("", status_code=204, responses=errors(401, 403), summary="Sign out")
async def sign_out(
    request: Request, credentials: Credentials, token: RefreshToken, visit: Visited, parts: Wired
) -> Response:
    """End the session of the access token or, without one, of the cookie; its sockets are closed."""
    if credentials is not None:
        refuse_foreign_origin(request, parts.config.allowed_origins)
        caller = await parts.gate.authenticate(credentials.credentials)
        await _end(caller.account_id, caller.session_id, visit, parts)
    elif token is not None:
        require_own_origin(request, parts.config.allowed_origins)
        async with parts.engine.connect() as connection:
            session = await refresh_tokens.session_of(connection, token)
        if session is not None:
            await _end(session.account_id, session.id, visit, parts)
    else:
        raise not_authenticated()
    response = Response(status_code=204)
    clear_refresh_cookie(response, secure=parts.config.secure_cookies)
    return response


async def _end(account_id: UUID, session_id: UUID, visit: Visit, parts: Parts) -> None:
    async with parts.engine.begin() as connection:
        if await end_session(connection, account_id, session_id, "signed_out"):
            await record_act(connection, visit, "signed_out", actor=account_id, object_id=session_id)
    await parts.announcer.announce_ended_sessions([session_id])
