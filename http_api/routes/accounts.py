"""Accounts: signing up, looking at one's own, changing the password."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Request, Response

from http_api import refresh_tokens
from http_api.accounts import Account, account_by_email, account_by_id, add_account, replace_password_hash
from http_api.audit import record_act
from http_api.caller import Caller, Visited
from http_api.errors import ApiError, errors, unavailable
from http_api.limits import CHANGE_PASSWORD, SIGN_UP
from http_api.messages import AccountEnvelope, PasswordChange, SignedIn, SignUp
from http_api.origins import refuse_foreign_origin
from http_api.parts import Parts, Wired
from http_api.sessions import Session, end_other_sessions, open_session
from http_api.signed_in import account_answer, signed_in
from http_api.strict_body import FromJson, StrictRoute
from http_api.visit import Visit
from tracker.personal_board import open_personal_board

router = APIRouter(route_class=StrictRoute, tags=["accounts"])


@router.post("/accounts", status_code=201, response_model=SignedIn, responses=errors(403, 409), summary="Sign up")
async def sign_up(body: Annotated[SignUp, FromJson()], request: Request, visit: Visited, parts: Wired) -> Response:
    """Make an account with its personal board, and sign in to it."""
    refuse_foreign_origin(request, parts.config.allowed_origins)
    await parts.limits.take(SIGN_UP, visit.household)
    # Before anybody looks whether the address is taken: the work is the same for both.
    password_hash = await parts.passwords.hash(body.password.get_secret_value())
    opened = await _open_account(body, password_hash, visit, parts)
    if opened is None:
        async with parts.engine.begin() as connection:
            await record_act(connection, visit, "sign_up_refused", actor=None, object_id=None)
        raise ApiError(409, "email_taken", "There is an account with this address already.")
    return signed_in(parts, *opened, status=201)


async def _open_account(
    body: SignUp, password_hash: str, visit: Visit, parts: Parts
) -> tuple[Account, Session, str] | None:
    """The new account, its first session and that one's refresh token; None if the address is taken."""
    async with parts.engine.connect() as connection:
        if await account_by_email(connection, body.email) is not None:
            return None
    account_id = uuid4()
    # Committed before the account is: a board that nobody can reach does no harm, an account without one would.
    await open_personal_board(parts.door, account_id, body.name, "UTC")
    async with parts.engine.begin() as connection:
        account = await add_account(connection, account_id, body.email, body.name, password_hash)
        if account is None:  # somebody else was faster
            return None
        session = await open_session(connection, account_id, visit.device)
        refresh_token = await refresh_tokens.issue(connection, session.id)
        await record_act(connection, visit, "account_created", actor=account_id, object_id=account_id)
    return account, session, refresh_token


@router.get("/account", responses=errors(401), summary="My account")
async def my_account(caller: Caller, parts: Wired) -> AccountEnvelope:
    """The account of whoever asks."""
    async with parts.engine.connect() as connection:
        account = await account_by_id(connection, caller.account_id)
    return AccountEnvelope(account=account_answer(account))


@router.post("/account/password", status_code=204, responses=errors(401, 403), summary="Change the password")
async def change_password(
    body: Annotated[PasswordChange, FromJson()], caller: Caller, visit: Visited, parts: Wired
) -> Response:
    """Change the password. Every other device is signed out and its sockets are closed."""
    await parts.limits.take(CHANGE_PASSWORD, str(caller.account_id))
    async with parts.engine.connect() as connection:
        account = await account_by_id(connection, caller.account_id)
    is_right = await parts.passwords.matches(body.current_password.get_secret_value(), account.password_hash)
    if not is_right:
        async with parts.engine.begin() as connection:
            await record_act(connection, visit, "password_change_refused", actor=account.id, object_id=account.id)
        raise ApiError(403, "wrong_credentials", "This is not your current password.")
    password_hash = await parts.passwords.hash(body.new_password.get_secret_value())
    async with parts.engine.begin() as connection:
        if not await replace_password_hash(connection, account, password_hash):
            raise unavailable()
        ended = await end_other_sessions(connection, account.id, caller.session_id, "password_changed")
        await record_act(connection, visit, "password_changed", actor=account.id, object_id=account.id)
    await parts.announcer.announce_ended_sessions(ended)
    return Response(status_code=204)
