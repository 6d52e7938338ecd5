"""What an invitation promises, for somebody who may not have an account yet."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from http_api.caller import Visited
from http_api.errors import ApiError, errors
from http_api.limits import PREVIEW
from http_api.messages import Body
from http_api.parts import Wired
from http_api.strict_body import FromJson, StrictRoute
from tracker.fields import Token
from tracker.invitations import preview
from tracker.roles import Role

router = APIRouter(route_class=StrictRoute, prefix="/invitations", tags=["invitations"])


class InvitationLink(Body):
    """What the link that was sent holds."""

    board_id: UUID
    invitation_id: UUID
    token: Token


class InvitationPreview(BaseModel):
    """Where the invitation leads."""

    board_title: str
    invited_by: str
    role: Role


@router.post("/preview", responses=errors(410), summary="What an invitation promises")
async def preview_invitation(
    body: Annotated[InvitationLink, FromJson()], visit: Visited, parts: Wired
) -> InvitationPreview:
    """The board's title, who invited and the role. Needs the token, and no sign-in."""
    await parts.limits.take(PREVIEW, visit.household)
    found = await preview(parts.engine, body.board_id, body.invitation_id, body.token, datetime.now(UTC))
    if found is None:
        raise ApiError(410, "invitation_invalid", "This invitation has been used, has expired or never was.")
    return InvitationPreview(board_title=found.board_title, invited_by=found.invited_by, role=found.role)
