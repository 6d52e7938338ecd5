from dataclasses import replace
from uuid import uuid4

import pytest
from prometheus_client import REGISTRY

from http_api.errors import REFUSAL_STATUS, from_refusal
from http_api.limits import COMMAND
from http_api.routes import commands
from tests.http_api.node import Browser, Node, error_code
from tracker.refusal import Refused

TOKEN = "an-invitation-of-128-bits"


def counted(type_: str, outcome: str) -> float:
    labels = {"type": type_, "outcome": outcome}
    return REGISTRY.get_sample_value("lockstep_http_commands_total", labels) or 0


async def test_a_command_takes_effect_once_however_often_it_is_sent(ada: Browser) -> None:
    board_id = str(uuid4())
    body = {"command_id": str(uuid4()), "command": {"type": "board.create", "board_id": board_id, "title": "Run"}}
    first, second = await ada.post("/commands", body), await ada.post("/commands", body)
    assert first.json() == {"status": "done", "board_id": board_id, "seq": 1, "repeated": False}
    assert second.json() == {"status": "done", "board_id": board_id, "seq": 1, "repeated": True}


async def test_commands_are_counted_by_type_and_outcome(ada: Browser) -> None:
    done, refused = counted("board.create", "done"), counted("board.create", "already_exists")
    board_id = await ada.new_board()
    await ada.command("board.create", board_id=board_id, title="Again")
    assert (counted("board.create", "done"), counted("board.create", "already_exists")) == (done + 1, refused + 1)


async def test_a_refusal_has_the_status_of_its_code(ada: Browser, bo: Browser) -> None:
    board_id = await ada.new_board()
    list_id = str(uuid4())
    refused = {
        (404, "not_found"): await bo.command("board.edit", board_id=board_id, title="Mine"),
        (409, "already_exists"): await ada.command("board.create", board_id=board_id, title="Again"),
        (409, "last_owner"): await ada.command("member.remove", board_id=board_id, member_id=str(ada.account_id)),
        (410, "invitation_invalid"): await bo.command(
            "invitation.accept", board_id=board_id, invitation_id=str(uuid4()), token=TOKEN
        ),
        (400, "invalid"): await ada.command(
            "list.create", board_id=board_id, list_id=list_id, title="Now", position="not a position!"
        ),
    }
    for expected, response in refused.items():
        assert (response.status_code, error_code(response)) == expected


async def test_a_lesser_role_is_forbidden(ada: Browser, bo: Browser) -> None:
    board_id, invitation_id = await ada.new_board(), str(uuid4())
    await ada.command("invitation.create", board_id=board_id, invitation_id=invitation_id, role="viewer", token=TOKEN)
    await bo.command("invitation.accept", board_id=board_id, invitation_id=invitation_id, token=TOKEN)
    response = await bo.command("board.edit", board_id=board_id, title="Mine")
    assert (response.status_code, error_code(response)) == (403, "forbidden")


@pytest.mark.parametrize(
    "command",
    [
        {"type": "board.explode"},
        {"type": "personal_board.open", "name": "Eve", "color": 0, "time_zone": "UTC", "list_id": str(uuid4())},
        {"type": "board.create"},
        {"type": "board.create", "title": "Run", "admin": True},
        {"type": "board.create", "title": 7},
        {"title": "Run"},
    ],
)
async def test_what_is_no_command_is_invalid(ada: Browser, command: dict[str, object]) -> None:
    body = {"command_id": str(uuid4()), "command": {"board_id": str(uuid4()), **command}}
    response = await ada.post("/commands", body)
    assert (response.status_code, error_code(response)) == (400, "invalid")


async def test_a_command_takes_a_session(node: Node) -> None:
    response = await node.browser().command("board.create", board_id=str(uuid4()), title="Run")
    assert (response.status_code, error_code(response)) == (401, "not_authenticated")


async def test_a_flood_of_commands_is_told_to_wait(limited_node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "COMMAND", replace(COMMAND, burst=3, interval_seconds=60))
    ada = await limited_node.browser().signed_up("ada@example.org", "Ada")
    board_id = await ada.new_board()
    responses = [await ada.command("board.edit", board_id=board_id, title=str(n)) for n in range(3)]
    assert [response.status_code for response in responses] == [200, 200, 429]


def test_every_refusal_has_a_status() -> None:
    for code, status in REFUSAL_STATUS.items():
        response = from_refusal(Refused(code, "No.")).response()
        assert response.status_code == status
        assert ("retry-after" in response.headers) == (status in (429, 503))
