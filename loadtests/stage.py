"""Sets the stage: people with tokens, and boards with tasks, through the door, from a process beside the nodes.

Signing thousands of people up over HTTP would measure how slow passwords are hashed, on purpose.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, TypeVar
from uuid import UUID, uuid4

from fractional_indexing import generate_n_keys_between
from sqlalchemy.ext.asyncio import AsyncEngine

from http_api.access_tokens import AccessTokens
from http_api.accounts import add_account
from http_api.sessions import Device, Session, open_session
from loadtests.system import System
from tracker import redis_link
from tracker.actor import Actor
from tracker.announcements import Announcer
from tracker.commands.boards import BoardCreate
from tracker.commands.check_ins import CheckInCreate
from tracker.commands.command import Command
from tracker.commands.goals import GoalCreate
from tracker.commands.invitations import InvitationAccept, InvitationCreate
from tracker.commands.lists import ListCreate
from tracker.commands.tasks import TaskCreate, TaskEdit
from tracker.database import create_engine
from tracker.execute import SHARE_LIMIT, Door, utc_now
from tracker.personal_board import open_personal_board

NO_PASSWORD: Final = "none"
AT_ONCE: Final = SHARE_LIMIT // 2
DEVICE: Final = Device("bench", "127.0.0.1")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a sign-in."""

    account_id: UUID
    session: Session


@dataclass(frozen=True, slots=True)
class StagedBoard:
    """A board with its members (the first is its owner) and its tasks."""

    board_id: UUID
    list_id: UUID
    members: tuple[Person, ...]
    task_ids: tuple[UUID, ...]


class Stage:
    """Makes people and boards. A context of its own pool, door and announcer."""

    def __init__(self, engine: AsyncEngine, door: Door, tokens: AccessTokens) -> None:
        self._engine = engine
        self._door = door
        self._tokens = tokens
        self._titles = itertools.count()

    async def people(self, count: int) -> tuple[Person, ...]:
        """So many people, each with a personal board and a sign-in."""
        people = []
        for number in range(count):
            account_id = uuid4()
            async with self._engine.begin() as connection:
                await add_account(connection, account_id, f"{account_id}@example.org", f"Person {number}", NO_PASSWORD)
                people.append(Person(account_id, await open_session(connection, account_id, DEVICE)))
        for some in _portions(people, AT_ONCE):
            await asyncio.gather(*(open_personal_board(self._door, one.account_id, "Person", "UTC") for one in some))
        return tuple(people)

    async def board(self, members: Sequence[Person], tasks: int = 1) -> StagedBoard:
        """A board of the first of `members`, with the others as editors, and so many tasks in one list."""
        owner, board_id, list_id = members[0], uuid4(), uuid4()
        await self.do(owner, BoardCreate(board_id=board_id, title="Bench"))
        await self.do(owner, ListCreate(board_id=board_id, list_id=list_id, title="List", position="a0"))
        for some in _portions(members[1:], AT_ONCE):
            await asyncio.gather(*(self._join(board_id, owner, member) for member in some))
        task_ids = tuple(uuid4() for _ in range(tasks))
        positions = generate_n_keys_between(None, None, tasks)
        await self.do_all(
            owner,
            [
                TaskCreate(
                    board_id=board_id,
                    task_id=task_id,
                    list_id=list_id,
                    title=f"Task {number}: call the bakery and ask about the bread",
                    position=position,
                    notes="What we agreed on last week, and what is left of it.",
                )
                for number, (task_id, position) in enumerate(zip(task_ids, positions, strict=True))
            ],
        )
        return StagedBoard(board_id, list_id, tuple(members), task_ids)

    async def goals(self, board: StagedBoard, count: int) -> None:
        """So many goals, each with a check-in that says how it goes."""
        owner, goal_ids = board.members[0], [uuid4() for _ in range(count)]
        positions = generate_n_keys_between(None, None, count)
        create = [
            GoalCreate(board_id=board.board_id, goal_id=goal_id, title=f"Goal {number}", position=position)
            for number, (goal_id, position) in enumerate(zip(goal_ids, positions, strict=True))
        ]
        check_in = [
            CheckInCreate(
                board_id=board.board_id,
                check_in_id=uuid4(),
                goal_id=goal_id,
                for_day=utc_now().date(),
                health="on_track",
                note="It goes well; next week we try the longer way around the lake.",
            )
            for goal_id in goal_ids
        ]
        await self.do_all(owner, create)
        await self.do_all(owner, check_in)

    async def change(self, board: StagedBoard, count: int) -> None:
        """Make so many changes, one after the other over the board's tasks, each with a title that was never there."""
        tasks = itertools.islice(itertools.cycle(board.task_ids), count)
        await self.do_all(
            board.members[0],
            [TaskEdit(board_id=board.board_id, task_id=task_id, title=f"{next(self._titles)}") for task_id in tasks],
        )

    async def do(self, person: Person, command: Command) -> int:
        """Do a command and tell its seq."""
        return (await self._door.execute(Actor(person.account_id), uuid4(), command)).seq

    async def do_all(self, person: Person, commands: Sequence[Command]) -> None:
        """Do many, as many at once as one person may have waiting."""
        for some in _portions(commands, AT_ONCE):
            await asyncio.gather(*(self.do(person, command) for command in some))

    def token(self, person: Person) -> str:
        """A fresh access token."""
        return self._tokens.sign(person.account_id, person.session.id, person.session.expires_at)[0]

    def hello(self, person: Person) -> str:
        """The first message on a socket."""
        return json.dumps(
            {"type": "hello", "protocol": 1, "token": self.token(person), "client_id": "bench"}, separators=(",", ":")
        )

    async def _join(self, board_id: UUID, owner: Person, member: Person) -> None:
        invitation_id, token = uuid4(), uuid4().hex
        await self.do(
            owner, InvitationCreate(board_id=board_id, invitation_id=invitation_id, role="editor", token=token)
        )
        await self.do(member, InvitationAccept(board_id=board_id, invitation_id=invitation_id, token=token))


@asynccontextmanager
async def staged(system: System) -> AsyncIterator[Stage]:
    """A stage beside the nodes of `system`."""
    engine = create_engine(system.settings.database_url)
    redis = redis_link.connect(system.settings.redis_url)
    announcer = Announcer(redis)
    announcer.start()
    door = Door(engine, announcer)
    door.start()
    try:
        tokens = AccessTokens(system.settings.secret_key.get_secret_value(), system.settings.public_url)
        yield Stage(engine, door, tokens)
    finally:
        await door.stop()
        await announcer.stop()
        await redis.aclose()
        await engine.dispose()


def watch(board_id: UUID, epoch: str | None = None, seq: int | None = None) -> str:
    """The message that watches a board, from a position or from now on."""
    return json.dumps({"type": "watch", "board_id": str(board_id), "epoch": epoch, "seq": seq}, separators=(",", ":"))


def edit(board: StagedBoard, task: int = 0) -> str:
    """The template of a command that gives a task a new title, which the load generator finds again."""
    command = {
        "type": "task.edit",
        "board_id": str(board.board_id),
        "task_id": str(board.task_ids[task]),
        "title": "%M",
    }
    return json.dumps({"type": "command", "command_id": "%C", "command": command}, separators=(",", ":"))


def _portions(items: Sequence[T], size: int) -> Iterable[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
