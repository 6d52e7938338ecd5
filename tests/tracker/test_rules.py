"""What commands refuse, and what they do beside the obvious."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.tracker.stories import decoded
from tests.tracker.world import TOKEN, Furnished
from tracker.commands.personal_board import PersonalBoardOpen
from tracker.commands.registry import decode_command
from tracker.execute import utc_now
from tracker.invitations import preview
from tracker.refusal import Refused

ABSENT = UUID(int=404)


async def refused(f: Furnished, actor: UUID, step: dict[str, Any]) -> str:
    with pytest.raises(Refused) as refusal:
        await f.world.does(actor, decoded(f, step))
    return refusal.value.code


async def record(f: Furnished, record_type: str, record_id: UUID) -> dict[str, Any]:
    return (await f.world.records(f.ada, f.board_id))[1][record_type, str(record_id)]


def check_in(f: Furnished, **fields: Any) -> dict[str, Any]:
    return {
        "type": "check_in.create",
        "check_in_id": uuid4(),
        "goal_id": f.goal_id,
        "key_result_id": f.key_result_id,
        "for_day": "2026-11-22",
        **fields,
    }


async def test_what_the_board_does_not_know_is_not_found(furnished: Furnished) -> None:
    f = furnished
    for step in (
        {"type": "task.complete", "task_id": ABSENT},
        {"type": "task.move", "task_id": f.task_id, "list_id": ABSENT, "position": "a1"},
        {"type": "task.assign", "task_id": f.task_id, "account_id": f.cy},
        {"type": "task.create", "task_id": ABSENT, "list_id": ABSENT, "title": "x", "position": "a1"},
        {"type": "goal.edit", "goal_id": f.goal_id, "owner_id": f.cy},
        {"type": "goal.create", "goal_id": ABSENT, "title": "x", "position": "a1", "owner_id": f.cy},
        {"type": "link.create", "link_id": ABSENT, "goal_id": f.goal_id, "task_id": ABSENT},
        {"type": "link.remove", "link_id": ABSENT},
        {"type": "comment.create", "comment_id": ABSENT, "task_id": ABSENT, "text": "x"},
        {"type": "member.edit", "member_id": f.cy, "role": "viewer"},
        {"type": "invitation.revoke", "invitation_id": ABSENT},
        check_in(f, key_result_id=ABSENT, value=1),
    ):
        assert await refused(f, f.ada, step) == "not_found", step


async def test_an_id_of_another_board_is_not_found(furnished: Furnished) -> None:
    f = furnished
    other = await f.world.board(f.ada)
    step = {"type": "task.complete", "board_id": other, "task_id": f.task_id}
    assert await refused(f, f.ada, step) == "not_found"


async def test_a_taken_id_is_refused_also_from_the_trash(furnished: Furnished) -> None:
    f = furnished
    await f.world.does(f.ada, decoded(f, {"type": "list.delete", "list_id": f.list_id}))
    step = {"type": "list.create", "list_id": f.list_id, "title": "Again", "position": "a3"}
    assert await refused(f, f.ada, step) == "already_exists"
    step = {"type": "board.create", "title": "Again"}
    assert await refused(f, f.bo, step) == "already_exists"


async def test_what_lies_in_the_trash_is_not_edited(furnished: Furnished) -> None:
    f = furnished
    await f.world.does(f.ada, decoded(f, {"type": "task.delete", "task_id": f.task_id}))
    for step in (
        {"type": "task.edit", "task_id": f.task_id, "title": "x"},
        {"type": "task.complete", "task_id": f.task_id},
        {"type": "comment.create", "comment_id": ABSENT, "task_id": f.task_id, "text": "x"},
    ):
        assert await refused(f, f.ada, step) == "not_found", step


async def test_what_belongs_to_something_deleted_is_not_restored(furnished: Furnished) -> None:
    f = furnished
    for kind, record_id in (
        ("task", f.task_id),
        ("comment", f.comment_id),
        ("check_in", f.check_in_id),
        ("key_result", f.key_result_id),
    ):
        await f.world.does(f.ada, decoded(f, {"type": f"{kind}.delete", f"{kind}_id": record_id}))
    await f.world.does(f.ada, decoded(f, {"type": "list.delete", "list_id": f.list_id}))
    await f.world.does(f.ada, decoded(f, {"type": "goal.delete", "goal_id": f.goal_id}))
    for kind, record_id in (
        ("task", f.task_id),
        ("comment", f.comment_id),
        ("check_in", f.check_in_id),
        ("key_result", f.key_result_id),
    ):
        assert await refused(f, f.ada, {"type": f"{kind}.restore", f"{kind}_id": record_id}) == "conflict", kind


async def test_deleting_and_restoring_twice_changes_nothing_more(furnished: Furnished) -> None:
    f = furnished
    for verb in ("delete", "delete", "restore", "restore"):
        await f.world.does(f.ada, decoded(f, {"type": f"check_in.{verb}", "check_in_id": f.check_in_id}))
    changes = await f.world.changes(f.board_id)
    assert [bool(change["put"]) for change in changes[-4:]] == [True, False, True, False]


async def test_start_and_target_differ(furnished: Furnished) -> None:
    f = furnished
    step = {"type": "key_result.edit", "key_result_id": f.key_result_id, "target_value": 80}
    assert await refused(f, f.ada, step) == "invalid"
    step = {
        "type": "key_result.create",
        "key_result_id": ABSENT,
        "goal_id": f.goal_id,
        "title": "x",
        "position": "a1",
        "start_value": 1,
        "target_value": 1,
    }
    assert await refused(f, f.ada, step) == "invalid"


async def test_a_goal_does_not_end_before_it_starts(furnished: Furnished) -> None:
    f = furnished
    await f.world.does(f.ada, decoded(f, {"type": "goal.edit", "goal_id": f.goal_id, "starts_on": "2026-06-01"}))
    assert await refused(f, f.ada, {"type": "goal.edit", "goal_id": f.goal_id, "ends_on": "2026-05-31"}) == "invalid"


async def test_the_newest_day_decides_not_the_last_to_arrive(furnished: Furnished) -> None:
    f = furnished
    await f.world.does(f.ada, decoded(f, check_in(f, value=75, health="at_risk", for_day="2026-11-21")))
    await f.world.does(f.ada, decoded(f, check_in(f, value=79, health="off_track", for_day="2026-11-10")))
    assert (await record(f, "key_result", f.key_result_id))["current_value"] == 75
    assert (await record(f, "goal", f.goal_id))["health"] == "at_risk"


async def test_a_mistaken_check_in_is_taken_back(furnished: Furnished) -> None:
    f, step = furnished, check_in(furnished, value=7)
    await f.world.does(f.ada, decoded(f, step))
    await f.world.does(f.ada, decoded(f, {"type": "check_in.delete", "check_in_id": step["check_in_id"]}))
    assert (await record(f, "key_result", f.key_result_id))["current_value"] == 78
    await f.world.does(f.ada, decoded(f, {"type": "check_in.restore", "check_in_id": step["check_in_id"]}))
    assert (await record(f, "key_result", f.key_result_id))["current_value"] == 7


async def test_correcting_an_older_check_in_leaves_the_newest_value(furnished: Furnished) -> None:
    f = furnished
    await f.world.does(f.ada, decoded(f, check_in(f, value=75)))
    step = {"type": "check_in.edit", "check_in_id": f.check_in_id, "value": 77}
    await f.world.does(f.ada, decoded(f, step))
    assert (await record(f, "key_result", f.key_result_id))["current_value"] == 75
    assert (await record(f, "check_in", f.check_in_id))["value"] == 77


async def test_a_check_in_that_measured_nothing_has_no_value_to_correct(furnished: Furnished) -> None:
    f, step = furnished, check_in(furnished, key_result_id=None, note="fine")
    await f.world.does(f.ada, decoded(f, step))
    edit = {"type": "check_in.edit", "check_in_id": step["check_in_id"], "value": 3}
    assert await refused(f, f.ada, edit) == "conflict"
    edit = {"type": "check_in.edit", "check_in_id": step["check_in_id"], "note": "very fine"}
    await f.world.does(f.ada, decoded(f, edit))
    await f.world.does(f.ada, decoded(f, {"type": "check_in.delete", "check_in_id": step["check_in_id"]}))


async def test_counting_key_results_and_those_of_other_goals_take_no_check_in(furnished: Furnished) -> None:
    f, counting, other_goal = furnished, uuid4(), uuid4()
    for step in (
        {
            "type": "key_result.create",
            "key_result_id": counting,
            "goal_id": f.goal_id,
            "title": "Runs",
            "position": "a1",
            "start_value": 0,
            "target_value": 9,
            "source": "task_count",
        },
        {"type": "goal.create", "goal_id": other_goal, "title": "Other", "position": "a2"},
    ):
        await f.world.does(f.ada, decoded(f, step))
    assert await refused(f, f.ada, check_in(f, key_result_id=counting, value=1)) == "conflict"
    assert await refused(f, f.ada, check_in(f, goal_id=other_goal, value=1)) == "not_found"
    step = {
        "type": "link.create",
        "link_id": ABSENT,
        "goal_id": other_goal,
        "key_result_id": counting,
        "task_id": f.task_id,
    }
    assert await refused(f, f.ada, step) == "not_found"


async def test_a_value_given_directly_comes_from_no_check_in(furnished: Furnished) -> None:
    f = furnished
    step = {"type": "key_result.edit", "key_result_id": f.key_result_id, "current_value": 74}
    await f.world.does(f.ada, decoded(f, step))
    await f.world.does(f.ada, decoded(f, {"type": "check_in.delete", "check_in_id": f.check_in_id}))
    assert (await record(f, "key_result", f.key_result_id))["current_value"] == 74


async def test_a_board_keeps_an_owner(furnished: Furnished) -> None:
    f = furnished
    assert await refused(f, f.ada, {"type": "member.remove", "member_id": f.ada}) == "last_owner"
    assert await refused(f, f.ada, {"type": "member.edit", "member_id": f.ada, "role": "editor"}) == "last_owner"
    await f.world.does(f.ada, decoded(f, {"type": "member.edit", "member_id": f.bo, "role": "owner"}))
    await f.world.does(f.ada, decoded(f, {"type": "member.remove", "member_id": f.ada}))


async def test_nobody_gives_or_takes_a_role_above_their_own(furnished: Furnished) -> None:
    f = furnished
    await f.world.joins(f.board_id, f.ada, f.cy, "admin")
    for step in (
        {"type": "member.edit", "member_id": f.bo, "role": "owner"},
        {"type": "member.edit", "member_id": f.ada, "role": "viewer"},
        {"type": "member.remove", "member_id": f.ada},
        {"type": "invitation.create", "invitation_id": ABSENT, "role": "owner", "token": TOKEN},
    ):
        assert await refused(f, f.cy, step) == "forbidden", step
    assert await refused(f, f.bo, {"type": "member.remove", "member_id": f.cy}) == "forbidden"


async def test_a_personal_board_stays_personal(furnished: Furnished) -> None:
    f = furnished
    for step in (
        {"type": "board.delete"},
        {"type": "member.remove", "member_id": f.ada},
        {"type": "invitation.create", "invitation_id": ABSENT, "role": "viewer", "token": TOKEN},
    ):
        assert await refused(f, f.ada, {**step, "board_id": f.ada}) == "conflict", step


async def test_an_invitation_opens_once_in_time_to_its_token_alone(furnished: Furnished) -> None:
    f, dee = furnished, await furnished.world.person("Dee")
    accept = {"type": "invitation.accept", "invitation_id": f.invitation_id, "token": TOKEN}
    assert await refused(f, f.cy, {**accept, "token": "x" * 22}) == "invitation_invalid"
    assert await refused(f, f.cy, {**accept, "invitation_id": ABSENT}) == "invitation_invalid"
    assert await refused(f, f.cy, {**accept, "board_id": f.ada}) == "invitation_invalid"
    assert await refused(f, f.bo, accept) == "conflict"
    await f.world.does(f.cy, decoded(f, accept))
    assert await refused(f, dee, accept) == "invitation_invalid"


@pytest.mark.parametrize("fate", ["removed", "editor", "viewer"])
async def test_an_invitation_opens_no_more_than_its_author_may_today(fate: str, furnished: Furnished) -> None:
    f, way_back = furnished, uuid4()
    await f.world.does(f.ada, decoded(f, {"type": "member.edit", "member_id": f.bo, "role": "admin"}))
    create = {"type": "invitation.create", "invitation_id": way_back, "role": "admin", "token": TOKEN}
    await f.world.does(f.bo, decoded(f, create))
    if fate != "removed":
        await f.world.does(f.ada, decoded(f, {"type": "member.edit", "member_id": f.bo, "role": fate}))
    accept = {"type": "invitation.accept", "invitation_id": way_back, "token": TOKEN}
    if fate == "removed":
        await f.world.does(f.ada, decoded(f, {"type": "member.remove", "member_id": f.bo}))
        assert await refused(f, f.bo, accept) == "invitation_invalid"
    assert await refused(f, f.cy, accept) == "invitation_invalid"
    assert await preview(f.world.engine, f.board_id, way_back, TOKEN, utc_now()) is None


async def test_an_invitation_dies_of_age_of_revocation_and_with_its_board(
    furnished: Furnished, monkeypatch: pytest.MonkeyPatch
) -> None:
    f = furnished
    accept = {"type": "invitation.accept", "invitation_id": f.invitation_id, "token": TOKEN}
    await f.world.does(f.ada, decoded(f, {"type": "board.delete"}))
    assert await refused(f, f.cy, accept) == "invitation_invalid"
    await f.world.does(f.ada, decoded(f, {"type": "board.restore"}))
    await f.world.does(f.ada, decoded(f, {"type": "invitation.revoke", "invitation_id": f.invitation_id}))
    assert await refused(f, f.cy, accept) == "invitation_invalid"
    monkeypatch.setattr("tracker.commands.invitations.VALID_FOR", timedelta(0))
    late = uuid4()
    create = {"type": "invitation.create", "invitation_id": late, "role": "viewer", "token": TOKEN}
    await f.world.does(f.ada, decoded(f, create))
    assert await refused(f, f.cy, {**accept, "invitation_id": late}) == "invitation_invalid"


async def test_a_preview_tells_only_whoever_holds_the_token(furnished: Furnished, engine: AsyncEngine) -> None:
    f, now = furnished, utc_now()
    shown = await preview(engine, f.board_id, f.invitation_id, TOKEN, now)
    assert shown is not None
    assert (shown.board_title, shown.invited_by, shown.role) == ("Spring", "Ada", "viewer")
    assert await preview(engine, f.board_id, f.invitation_id, "x" * 22, now) is None
    assert await preview(engine, f.board_id, ABSENT, TOKEN, now) is None
    assert await preview(engine, f.board_id, f.invitation_id, TOKEN, now + timedelta(days=400)) is None


async def test_the_log_and_the_snapshot_never_carry_a_token(furnished: Furnished) -> None:
    f = furnished
    said = str(await f.world.changes(f.board_id)) + str(await f.world.records(f.ada, f.board_id))
    assert TOKEN not in said
    assert "token" not in said


async def test_a_new_name_goes_to_every_board(furnished: Furnished) -> None:
    f = furnished
    second = await f.world.board(f.bo)
    await f.world.does(f.bo, decoded(f, {"type": "profile.edit", "board_id": f.bo, "name": "Bodil"}))
    for board_id in (f.board_id, second, f.bo):
        _, records = await f.world.records(f.bo, board_id)
        assert records["member", str(f.bo)]["name"] == "Bodil"


async def test_a_board_that_a_command_leaves_as_it_is_gets_no_change(furnished: Furnished) -> None:
    f = furnished
    seq, _ = await f.world.records(f.bo, f.board_id)
    at_home, _ = await f.world.records(f.bo, f.bo)
    await f.world.does(f.bo, decoded(f, {"type": "profile.edit", "board_id": f.bo, "week_start": "sunday"}))
    assert (await f.world.records(f.bo, f.board_id))[0] == seq
    assert (await f.world.records(f.bo, f.bo))[0] == at_home + 1


async def test_a_personal_board_is_opened_by_its_owner_alone(furnished: Furnished) -> None:
    f = furnished
    command = PersonalBoardOpen(board_id=uuid4(), name="M", color=1, time_zone="UTC", list_id=uuid4())
    with pytest.raises(Refused) as refusal:
        await f.world.does(f.cy, command)
    assert refusal.value.code == "forbidden"


@pytest.mark.parametrize(
    "fields",
    [
        '"title": ""',
        '"title": "   "',
        '"title": "a\\u0000b"',
        '"title": "\\ud800"',
        '"title": 7',
        '"title": null',
        f'"title": "{"x" * 501}"',
        '"priority": 4',
        '"priority": 1.5',
        '"priority": true',
        '"priority": NaN',
        '"due_on": "2026-02-30"',
        '"due_on": "2026-11-22T10:00:00Z"',
        '"due_on": 20261122',
        '"owner": "x"',
        '"__proto__": {}',
        '"title": {"a": 1}',
    ],
)
def test_a_malformed_command_is_refused_as_invalid(fields: str) -> None:
    text = f'{{"type": "task.edit", "board_id": "{ABSENT}", "task_id": "{ABSENT}", {fields}}}'
    with pytest.raises(Refused) as refusal:
        decode_command(text)
    assert refusal.value.code == "invalid"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"type": "task.explode"}',
        '{"type": "personal_board.open"}',
        "[" * 100_000,
        f'{{"type": "comment.create", "board_id": "{ABSENT}", "comment_id": "{ABSENT}", "text": "x"}}',
        f'{{"type": "list.move", "board_id": "{ABSENT}", "list_id": "{ABSENT}", "position": "a 1"}}',
        f'{{"type": "profile.edit", "board_id": "{ABSENT}", "time_zone": "Mars/Olympus"}}',
        f'{{"type": "profile.edit", "board_id": "{ABSENT}", "member_of": []}}',
    ],
)
def test_what_is_no_command_is_refused_as_invalid(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        decode_command(text)
    assert refusal.value.code == "invalid"
    assert len(refusal.value.message) < 300
