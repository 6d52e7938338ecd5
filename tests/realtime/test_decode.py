"""What a client may say, and what it is told when it says something else."""

import json
from uuid import UUID

import pytest

from realtime.decode import SENTENCE_LIMIT, Unreadable, decode
from realtime.messages import CommandMessage, Hello, Watch
from tracker.commands.tasks import TaskComplete

BOARD, TASK, COMMAND = (str(UUID(int=n)) for n in range(1, 4))


def command(**changes: object) -> dict[str, object]:
    inner = {"type": "task.complete", "board_id": BOARD, "task_id": TASK}
    return {"type": "command", "command_id": COMMAND, "command": inner, **changes}


def test_a_command_is_decoded_with_the_command_within() -> None:
    message = decode(json.dumps(command()))
    assert isinstance(message, CommandMessage)
    assert isinstance(message.command, TaskComplete)
    assert message.command.task_id == UUID(TASK)


def test_a_position_is_both_or_none() -> None:
    assert isinstance(decode(json.dumps({"type": "watch", "board_id": BOARD, "epoch": None, "seq": None})), Watch)
    half = decode(json.dumps({"type": "watch", "board_id": BOARD, "epoch": None, "seq": 3}))
    assert isinstance(half, Unreadable)


def test_a_hello_is_decoded() -> None:
    text = json.dumps({"type": "hello", "protocol": 7, "token": "t", "client_id": "c"})
    assert decode(text) == Hello(type="hello", protocol=7, token="t", client_id="c")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        "17",
        '"hello"',
        "NaN",
        "[" * 100_000,
        '{"type":' * 5_000,
        json.dumps({"type": "unknown"}),
        f'{{"type":"unwatch","board_id":"{TASK}","board_id":"{BOARD}"}}',
        json.dumps({"type": None}),
        json.dumps({"type": "unwatch", "board_id": 7}),
        json.dumps({"type": "unwatch", "board_id": BOARD, "more": 1}),
        json.dumps({"type": "watch", "board_id": BOARD, "epoch": BOARD, "seq": -1}),
        json.dumps({"type": "watch", "board_id": BOARD, "epoch": BOARD, "seq": 2**63}),
        json.dumps({"type": "watch", "board_id": BOARD, "epoch": BOARD, "seq": 1.5}),
        json.dumps({"type": "watch", "board_id": BOARD}),
        json.dumps({"type": "hello", "protocol": "1", "token": "t", "client_id": "c"}),
        json.dumps({"type": "hello", "protocol": 1, "token": "t" * 5_000, "client_id": "c"}),
        '{"type":"authenticate","token":"\\ud800"}',
        json.dumps({"type": "command", "command_id": "x", "command": {}}),
        json.dumps({"type": "command", "command_id": 5, "command": {}}),
    ],
)
def test_what_breaks_the_contract_is_unreadable(text: str) -> None:
    unreadable = decode(text)
    assert isinstance(unreadable, Unreadable)
    assert unreadable.command_id is None
    assert unreadable.message


@pytest.mark.parametrize(
    "message",
    [
        command(more=1),
        command(command={"type": "task.complete", "board_id": BOARD}),
        command(command={"type": "task.vanish", "board_id": BOARD}),
        command(command={"type": "task.complete", "board_id": BOARD, "task_id": TASK, "__proto__": {}}),
        command(command={"type": "task.create", "board_id": BOARD, "task_id": TASK, "title": "\0"}),
    ],
)
def test_a_bad_command_is_refused_by_its_id(message: dict[str, object]) -> None:
    unreadable = decode(json.dumps(message))
    assert isinstance(unreadable, Unreadable)
    assert unreadable.command_id == UUID(COMMAND)


def test_the_sentence_stays_short_whatever_was_sent() -> None:
    unreadable = decode(json.dumps({"type": "x" * 60_000}))
    assert isinstance(unreadable, Unreadable)
    assert len(unreadable.message) <= SENTENCE_LIMIT
