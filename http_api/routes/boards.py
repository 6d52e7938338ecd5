"""Hydration: the boards I belong to, a board as it stands, and what has happened on it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from http_api.caller import Caller
from http_api.compression import json_response
from http_api.errors import ApiError, errors, not_found
from http_api.hydration import BoardList, ChangesPage, SnapshotAnswer
from http_api.limits import READ
from http_api.parts import Wired
from http_api.strict_body import StrictRoute
from tracker import wire
from tracker.access import standing
from tracker.change_log import Head, read_changes
from tracker.snapshot import boards_of

router = APIRouter(route_class=StrictRoute, prefix="/boards", tags=["boards"])

NO_BOARD = "This board does not exist, or you are not on it."
PAGE_LIMIT = 500
SEQ_LIMIT = 2**63 - 1


class Page(BaseModel):
    """Which changes."""

    model_config = ConfigDict(extra="forbid")

    after: int = Field(default=0, ge=0, le=SEQ_LIMIT)
    limit: int = Field(default=200, ge=1, le=PAGE_LIMIT)
    record_id: UUID | None = None


@router.get("", response_model=BoardList, responses=errors(401), summary="My boards")
async def my_boards(request: Request, caller: Caller, parts: Wired) -> Response:
    """The boards I belong to, with my role and where each log stands."""
    await parts.limits.take(READ, str(caller.account_id))
    boards = await boards_of(parts.engine, caller.account_id)
    return await json_response(request, wire.encode({"boards": boards}), {})


@router.get(
    "/{board_id}/snapshot",
    response_model=SnapshotAnswer,
    responses={304: {"description": "The board has not changed since."}, **errors(401, 404)},
    summary="A board as it stands",
)
async def snapshot(board_id: UUID, request: Request, caller: Caller, parts: Wired) -> Response:
    """All records at one seq. With `If-None-Match`, 304 if the board still stands where the client knows it."""
    await parts.limits.take(READ, str(caller.account_id))
    mine = await parts.snapshots.standing(caller.account_id, board_id)
    if mine is None:
        raise not_found(NO_BOARD)
    if _is_known(request, mine.head):
        return Response(status_code=304, headers={"ETag": _etag(mine.head.epoch, mine.head.seq)})
    found = await parts.snapshots.snapshot(caller.account_id, mine, board_id)
    if found is None:  # removed from the board between the two
        raise not_found(NO_BOARD)
    return await found.answer.response(request, {"ETag": _etag(found.epoch, found.seq)})


def _etag(epoch: UUID, seq: int) -> str:
    return f'"{epoch}-{seq}"'


def _is_known(request: Request, head: Head) -> bool:
    known = request.headers.get("if-none-match", "")
    # A weak tag is what a proxy that compresses makes of ours.
    return _etag(head.epoch, head.seq) in [tag.strip().removeprefix("W/") for tag in known.split(",")]


@router.get(
    "/{board_id}/changes",
    response_model=ChangesPage,
    responses=errors(401, 404, 409, 410),
    summary="What has happened on a board",
)
async def changes(
    board_id: UUID, page: Annotated[Page, Query()], request: Request, caller: Caller, parts: Wired
) -> Response:
    """A page of the log: what came after a seq. With `record_id` only what touched that record, as far as the log
    still reaches back.
    """
    await parts.limits.take(READ, str(caller.account_id))
    async with parts.engine.connect() as plain:
        # One moment for both reads: in between, the log may be trimmed, and the page would begin with a hole.
        connection = await plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        mine = await standing(connection, caller.account_id, board_id)
        if mine is None:
            raise not_found(NO_BOARD)
        head = mine.head
        _require_within(page, head)
        found = await read_changes(
            connection, board_id, page.after, page.limit, upto=head.seq, record_id=page.record_id
        )
    # The log holds each change as clients get it: a page is their texts put side by side.
    start = wire.encode({"board_id": board_id, "epoch": head.epoch, "seq": head.seq})
    body = start[:-1] + b',"changes":[' + b",".join(change.body for change in found) + b"]}"
    return await json_response(request, body, {})


def _require_within(page: Page, head: Head) -> None:
    if page.after > head.seq:
        raise ApiError(409, "ahead", "The board is not that far. Take a snapshot.")
    if page.after < head.floor and page.record_id is None:
        raise ApiError(410, "trimmed", "The log no longer reaches back that far. Take a snapshot.")
