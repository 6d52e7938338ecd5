"""Seeding the demo, once: through the one door, in the names of its people, with the past's moments."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from fractional_indexing import generate_n_keys_between
from sqlalchemy.ext.asyncio import AsyncEngine

from http_api.accounts import account_by_email, add_account
from http_api.passwords import Passwords
from lockstep.demo.content import (
    BOARD_TITLE,
    COMMENTS,
    GOALS,
    LISTS,
    PEOPLE,
    PERSONAL,
    DemoGoal,
    DemoKeyResult,
    DemoTask,
    Person,
)
from tracker.actor import Actor
from tracker.announcements import Announcer
from tracker.commands.boards import BoardCreate
from tracker.commands.check_ins import CheckInCreate
from tracker.commands.command import Command
from tracker.commands.comments import CommentCreate
from tracker.commands.goals import GoalCreate
from tracker.commands.invitations import InvitationAccept, InvitationCreate
from tracker.commands.key_results import KeyResultCreate
from tracker.commands.links import LinkCreate
from tracker.commands.lists import ListCreate
from tracker.commands.tasks import TaskComplete, TaskCreate
from tracker.execute import Door
from tracker.fields import moment
from tracker.personal_board import inbox_id, open_personal_board

PASSWORD: Final = "lockstep-demo"  # noqa: S105 - printed at the start, for the embedded form alone
ZONE: Final = "Europe/Berlin"
BEGINNING: Final = 72
"""Days before today on which the demo's people signed up."""


@dataclass
class _Past:
    """A clock that stands where the story is, and moves a second with every look."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.go_back(BEGINNING)

    def go_back(self, days: int) -> None:
        self.at = self.now - timedelta(days=days, minutes=20)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return moment(self.at)


class _Story:
    def __init__(self, engine: AsyncEngine, door: Door, past: _Past) -> None:
        self.engine = engine
        self.door = door
        self.past = past
        self.people: dict[Person, UUID] = {"ada": uuid4(), "bo": uuid4()}
        self.board_id = uuid4()
        self.task_ids: dict[str, UUID] = {}

    def day(self, offset: int | None) -> date | None:
        return None if offset is None else (self.past.now + timedelta(days=offset)).date()

    async def does(self, person: Person, command: Command, days_ago: int = BEGINNING) -> None:
        self.past.go_back(days_ago)
        await self.door.execute(Actor(self.people[person]), uuid4(), command)

    async def tell(self) -> None:
        await self._people()
        await self._board()
        for title, tasks in LISTS.items():
            await self._tasks(self.board_id, await self._list(title), tasks)
        for goal, position in zip(GOALS, generate_n_keys_between(None, None, len(GOALS)), strict=True):
            await self._goal(goal, position)
        await self._comments()
        await self._accounts()

    async def _comments(self) -> None:
        # One after the other: whoever answers comes after who is answered.
        self.past.go_back(1)
        for title, person, text in COMMENTS:
            comment = CommentCreate(board_id=self.board_id, comment_id=uuid4(), text=text, task_id=self.task_ids[title])
            await self.door.execute(Actor(self.people[person]), uuid4(), comment)

    async def _people(self) -> None:
        for person, (name, _) in PEOPLE.items():
            account_id = self.people[person]
            await open_personal_board(self.door, account_id, name, ZONE)
            await self._tasks(account_id, inbox_id(account_id), PERSONAL[person], person)

    async def _accounts(self) -> None:
        """Last, so that a seeding that was interrupted is done again as a whole."""
        password_hash = await Passwords().hash(PASSWORD)
        async with self.engine.begin() as connection:
            for person, (name, email) in PEOPLE.items():
                await add_account(connection, self.people[person], email, name, password_hash)

    async def _board(self) -> None:
        invitation_id, token = uuid4(), uuid4().hex
        await self.does("ada", BoardCreate(board_id=self.board_id, title=BOARD_TITLE))
        await self.does(
            "ada",
            InvitationCreate(board_id=self.board_id, invitation_id=invitation_id, role="editor", token=token),
        )
        await self.does("bo", InvitationAccept(board_id=self.board_id, invitation_id=invitation_id, token=token))

    async def _list(self, title: str) -> UUID:
        list_id, titles = uuid4(), list(LISTS)
        position = generate_n_keys_between(None, None, len(titles))[titles.index(title)]
        await self.does("ada", ListCreate(board_id=self.board_id, list_id=list_id, title=title, position=position))
        return list_id

    async def _tasks(self, board_id: UUID, list_id: UUID, tasks: tuple[DemoTask, ...], owner: Person = "ada") -> None:
        positions = generate_n_keys_between(None, None, len(tasks))
        for task, position in zip(tasks, positions, strict=True):
            task_id = self.task_ids[task.title] = uuid4()
            assignees = () if task.who is None else (self.people[task.who],)
            command = TaskCreate(
                board_id=board_id,
                task_id=task_id,
                list_id=list_id,
                title=task.title,
                notes=task.notes,
                position=position,
                scheduled_on=self.day(task.scheduled),
                due_on=self.day(task.due),
                priority=task.priority,
                assignee_ids=assignees,
            )
            await self.does(task.who or owner, command, days_ago=(task.done or 3) + 4)
            if task.done is not None:
                await self.does(task.who or owner, TaskComplete(board_id=board_id, task_id=task_id), task.done)

    async def _goal(self, goal: DemoGoal, position: str) -> None:
        goal_id = uuid4()
        command = GoalCreate(
            board_id=self.board_id,
            goal_id=goal_id,
            title=goal.title,
            why=goal.why,
            position=position,
            owner_id=self.people[goal.owner],
            starts_on=self.day(goal.starts),
            ends_on=self.day(goal.ends),
        )
        await self.does(goal.owner, command, -goal.starts)
        positions = generate_n_keys_between(None, None, len(goal.key_results))
        for key_result, key in zip(goal.key_results, positions, strict=True):
            await self._key_result(goal, goal_id, key_result, key)
        last_word = CheckInCreate(
            board_id=self.board_id,
            check_in_id=uuid4(),
            goal_id=goal_id,
            for_day=self.past.now.date() - timedelta(days=1),
            health=goal.health,
            note=goal.note,
        )
        await self.does(goal.owner, last_word, days_ago=1)

    async def _key_result(self, goal: DemoGoal, goal_id: UUID, key_result: DemoKeyResult, position: str) -> None:
        key_result_id = uuid4()
        command = KeyResultCreate(
            board_id=self.board_id,
            key_result_id=key_result_id,
            goal_id=goal_id,
            title=key_result.title,
            position=position,
            unit=key_result.unit,
            start_value=key_result.start,
            target_value=key_result.target,
            source=key_result.source,
        )
        await self.does(goal.owner, command, -goal.starts)
        for days_ago, value in key_result.history:
            check_in = CheckInCreate(
                board_id=self.board_id,
                check_in_id=uuid4(),
                goal_id=goal_id,
                key_result_id=key_result_id,
                value=value,
                for_day=self.past.now.date() - timedelta(days=days_ago),
            )
            await self.does(goal.owner, check_in, days_ago)
        for title in key_result.counts:
            link = LinkCreate(
                board_id=self.board_id,
                link_id=uuid4(),
                goal_id=goal_id,
                key_result_id=key_result_id,
                task_id=self.task_ids[title],
            )
            await self.does(goal.owner, link, days_ago=1)


async def seed_demo(engine: AsyncEngine, announcer: Announcer) -> bool:
    """Make the demo's people, board, tasks and goals. Does nothing, and says False, where they are already."""
    async with engine.connect() as connection:
        if await account_by_email(connection, PEOPLE["ada"][1]) is not None:
            return False
    past = _Past()
    door = Door(engine, announcer, past)
    door.start()
    try:
        await _Story(engine, door, past).tell()
    finally:
        await door.stop()
    return True
