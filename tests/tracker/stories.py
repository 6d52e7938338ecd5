"""For every command of the contract: what leads to it, and the command itself, on the furnished board."""

from collections.abc import Callable
from typing import Any, get_args
from uuid import UUID

from tests.tracker.world import TOKEN, Furnished
from tracker.commands.command import Command
from tracker.commands.registry import COMMAND_ADAPTER, AnyCommand


def on_task(f: Furnished, verb: str, **fields: Any) -> dict[str, Any]:
    return {"type": f"task.{verb}", "task_id": f.task_id, **fields}


def on_goal(f: Furnished, verb: str, **fields: Any) -> dict[str, Any]:
    return {"type": f"goal.{verb}", "goal_id": f.goal_id, **fields}


def on_list(f: Furnished, verb: str, **fields: Any) -> dict[str, Any]:
    return {"type": f"list.{verb}", "list_id": f.list_id, **fields}


def on_key_result(f: Furnished, verb: str, **fields: Any) -> dict[str, Any]:
    return {"type": f"key_result.{verb}", "key_result_id": f.key_result_id, **fields}


def on_check_in(f: Furnished, verb: str, **fields: Any) -> dict[str, Any]:
    return {"type": f"check_in.{verb}", "check_in_id": f.check_in_id, **fields}


def on_comment(f: Furnished, verb: str, **fields: Any) -> dict[str, Any]:
    return {"type": f"comment.{verb}", "comment_id": f.comment_id, **fields}


NEW = UUID(int=1)

# What leads to the command under test, and that command last. Steps are Ada's unless they name somebody.
STORIES: dict[str, Callable[[Furnished], list[dict[str, Any]]]] = {
    "board.create": lambda f: [{"type": "board.create", "board_id": NEW, "title": "Garden"}],
    "board.edit": lambda f: [{"type": "board.edit", "title": "Summer"}],
    "board.delete": lambda f: [{"type": "board.delete"}],
    "board.restore": lambda f: [{"type": "board.delete"}, {"type": "board.restore"}],
    "list.create": lambda f: [{"type": "list.create", "list_id": NEW, "title": "Done", "position": "a1"}],
    "list.edit": lambda f: [on_list(f, "edit", title="Now")],
    "list.move": lambda f: [on_list(f, "move", position="a5")],
    "list.delete": lambda f: [on_list(f, "delete")],
    "list.restore": lambda f: [on_list(f, "delete"), on_list(f, "restore")],
    "task.create": lambda f: [
        {
            "type": "task.create",
            "task_id": NEW,
            "list_id": f.list_id,
            "title": "Buy shoes 👟",
            "notes": "size 42",
            "position": "a1",
            "scheduled_on": "2026-11-23",
            "due_on": "2026-12-24",
            "priority": 2,
            "assignee_ids": [f.bo, f.ada],
        }
    ],
    "task.edit": lambda f: [on_task(f, "edit", title="Run 6 km", due_on="2026-12-01", priority=3)],
    "task.move": lambda f: [
        {"type": "list.create", "list_id": NEW, "title": "Done", "position": "a1"},
        on_task(f, "move", list_id=NEW, position="a3"),
    ],
    "task.complete": lambda f: [on_task(f, "complete")],
    "task.reopen": lambda f: [on_task(f, "complete"), on_task(f, "reopen")],
    "task.delete": lambda f: [on_task(f, "delete")],
    "task.restore": lambda f: [on_task(f, "delete"), on_task(f, "restore")],
    "task.assign": lambda f: [on_task(f, "assign", account_id=f.bo)],
    "task.unassign": lambda f: [on_task(f, "assign", account_id=f.bo), on_task(f, "unassign", account_id=f.bo)],
    "goal.create": lambda f: [
        {
            "type": "goal.create",
            "goal_id": NEW,
            "title": "Read more",
            "position": "a1",
            "why": "for the joy of it",
            "owner_id": f.bo,
            "starts_on": "2026-01-01",
            "ends_on": "2026-12-31",
        }
    ],
    "goal.edit": lambda f: [on_goal(f, "edit", owner_id=None, state="achieved", ends_on="2026-12-01")],
    "goal.move": lambda f: [on_goal(f, "move", position="Zz")],
    "goal.delete": lambda f: [on_goal(f, "delete")],
    "goal.restore": lambda f: [on_goal(f, "delete"), on_goal(f, "restore")],
    "key_result.create": lambda f: [
        {
            "type": "key_result.create",
            "key_result_id": NEW,
            "goal_id": f.goal_id,
            "title": "Runs",
            "position": "a1",
            "start_value": 0,
            "target_value": 40,
            "unit": "runs",
            "source": "task_count",
        }
    ],
    "key_result.edit": lambda f: [on_key_result(f, "edit", current_value=77.5, title="Weight in the morning")],
    "key_result.move": lambda f: [on_key_result(f, "move", position="a7")],
    "key_result.delete": lambda f: [on_key_result(f, "delete")],
    "key_result.restore": lambda f: [on_key_result(f, "delete"), on_key_result(f, "restore")],
    "check_in.create": lambda f: [
        {
            "type": "check_in.create",
            "check_in_id": NEW,
            "goal_id": f.goal_id,
            "key_result_id": f.key_result_id,
            "value": 76.5,
            "health": "at_risk",
            "note": "a slow week",
            "for_day": "2026-11-21",
        }
    ],
    "check_in.edit": lambda f: [on_check_in(f, "edit", value=77, note="misread")],
    "check_in.delete": lambda f: [on_check_in(f, "delete")],
    "check_in.restore": lambda f: [on_check_in(f, "delete"), on_check_in(f, "restore")],
    "link.create": lambda f: [
        {
            "type": "link.create",
            "link_id": NEW,
            "goal_id": f.goal_id,
            "key_result_id": f.key_result_id,
            "task_id": f.task_id,
        }
    ],
    "link.remove": lambda f: [{"type": "link.remove", "link_id": f.link_id}],
    "comment.create": lambda f: [
        {"type": "comment.create", "comment_id": NEW, "goal_id": f.goal_id, "text": "We can do it"}
    ],
    "comment.edit": lambda f: [on_comment(f, "edit", text="Which shoes today?")],
    "comment.delete": lambda f: [on_comment(f, "delete")],
    "comment.restore": lambda f: [on_comment(f, "delete"), on_comment(f, "restore")],
    "invitation.create": lambda f: [
        {
            "type": "invitation.create",
            "invitation_id": NEW,
            "role": "commenter",
            "token": "x" * 22,
            "email": "Dee@Example.org",
        }
    ],
    "invitation.revoke": lambda f: [{"type": "invitation.revoke", "invitation_id": f.invitation_id}],
    "invitation.accept": lambda f: [
        {"type": "invitation.accept", "invitation_id": f.invitation_id, "token": TOKEN, "_by": f.cy}
    ],
    "member.edit": lambda f: [{"type": "member.edit", "member_id": f.bo, "role": "admin"}],
    "member.remove": lambda f: [{"type": "member.remove", "member_id": f.bo}],
    "profile.edit": lambda f: [
        {
            "type": "profile.edit",
            "board_id": f.ada,
            "name": "Ada L.",
            "color": 5,
            "time_zone": "Asia/Tokyo",
            "week_start": "sunday",
            "day_start_hour": 4,
        }
    ],
}

TYPES = [get_args(command.model_fields["type"].annotation)[0] for command in get_args(get_args(AnyCommand)[0])]


def decoded(f: Furnished, step: dict[str, Any]) -> Command:
    plain = {"board_id": f.board_id, **step}
    text = {name: str(value) if isinstance(value, UUID) else value for name, value in plain.items()}
    text = {n: [str(e) for e in v] if isinstance(v, list) else v for n, v in text.items()}
    return COMMAND_ADAPTER.validate_python(text, strict=False)
