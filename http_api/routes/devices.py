"""The devices that are signed in to my account."""

from uuid import UUID

from fastapi import APIRouter, Response

from http_api.audit import record_act
from http_api.caller import Caller, Visited
from http_api.errors import errors, not_found
from http_api.limits import READ
from http_api.messages import ConfirmedAnswer, SessionAnswer, SessionList
from http_api.parts import Wired
from http_api.sessions import end_session, sessions_of
from http_api.strict_body import StrictRoute
from tracker.device_positions import positions_of

router = APIRouter(route_class=StrictRoute, prefix="/sessions", tags=["devices"])


@router.get("", responses=errors(401), summary="My devices")
async def my_sessions(caller: Caller, parts: Wired) -> SessionList:
    """Every device that is signed in."""
    await parts.limits.take(READ, str(caller.account_id))
    async with parts.engine.connect() as connection:
        sessions = await sessions_of(connection, caller.account_id)
        positions = await positions_of(connection, [session.id for session in sessions])
    return SessionList(
        sessions=[
            SessionAnswer(
                id=session.id,
                device_name=session.device_name,
                created_at=session.created_at,
                last_seen_at=session.last_seen_at,
                ip=session.ip,
                current=session.id == caller.session_id,
                confirmed=[ConfirmedAnswer(**position) for position in positions.get(session.id, [])],
            )
            for session in sessions
        ]
    )


@router.delete("/{session_id}", status_code=204, responses=errors(401, 404), summary="End one of my devices")
async def end_my_session(session_id: UUID, caller: Caller, visit: Visited, parts: Wired) -> Response:
    """Sign a device out and close its sockets. A session that is not mine is not found."""
    async with parts.engine.begin() as connection:
        if not await end_session(connection, caller.account_id, session_id, "ended_by_owner"):
            raise not_found("You have no such device signed in.")
        await record_act(connection, visit, "session_ended", actor=caller.account_id, object_id=session_id)
    await parts.announcer.announce_ended_sessions([session_id])
    return Response(status_code=204)
