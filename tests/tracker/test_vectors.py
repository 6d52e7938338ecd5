"""The vectors that the browser's guesses run too: see tests/vectors/README.md."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import TypeAdapter

from tracker import access, wire
from tracker.commands.registry import decode_command
from tracker.draft import Draft, Records
from tracker.pace import needed_per_day, pace
from tracker.progress import current_value, goal_progress, key_result_progress
from tracker.records import RECORD_TYPES, Membership, Record
from tracker.refusal import Refused

VECTORS = Path(__file__).parents[1] / "vectors"
Json = dict[str, Any]


def read(name: str) -> Json:
    content: Json = json.loads((VECTORS / name).read_text())
    return content


WORLD = read("world.json")
BOARD_ID = UUID(WORLD["board_id"])
AT = datetime.fromisoformat(WORLD["at"])


def command_cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{file.stem}: {case['name']}")
        for file in sorted((VECTORS / "commands").iterdir())
        for case in json.loads(file.read_text())["cases"]
    ]


def figures(name: str, key: str) -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in read(name)[key]]


ADAPTERS: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(record_type) for name, record_type in RECORD_TYPES.items()}


def record_of(fields: Json) -> Record:
    record_type = RECORD_TYPES[fields["type"]]
    secrets = dict.fromkeys(record_type.SECRET, "")
    values = {name: value for name, value in fields.items() if name != "type"}
    record: Record = ADAPTERS[fields["type"]].validate_python(values | secrets)
    return record


def world_with(given: list[Json]) -> Records:
    """The world with some fields changed, and each member's membership at home, which some handlers touch."""
    records: dict[tuple[str, str], Json] = {(r["type"], r["id"]): r for r in WORLD["records"]}
    for fields in given:
        key = (fields["type"], fields["id"])
        records[key] = records.get(key, {}) | fields
    loaded: Records = {BOARD_ID: {(type, UUID(id).int): record_of(fields) for (type, id), fields in records.items()}}
    for (type, id), fields in records.items():
        if type == "member":
            membership = Membership(id=BOARD_ID, role=fields["role"], joined_at=AT)
            loaded[UUID(id)] = {("membership", BOARD_ID.int): membership}
    return loaded


def by_key(records: list[Json]) -> list[Json]:
    return sorted(records, key=lambda record: (record["type"], record["id"]))


@pytest.mark.parametrize("case", command_cases())
def test_a_handler_does_what_the_vector_says(case: Json) -> None:
    draft = Draft(world_with(case.get("given", [])), BOARD_ID, UUID(case["by"]), AT)

    def do() -> None:
        command = decode_command(json.dumps(case["command"]))
        access.require(command, draft)
        command.apply(draft)

    if "refused" in case:
        with pytest.raises(Refused) as refusal:
            do()
        assert refusal.value.code == case["refused"]
    else:
        do()
        delta = draft.own.delta()
        assert by_key(wire.decode(wire.encode(delta.put))) == by_key(case["put"])
        assert by_key(wire.decode(wire.encode(delta.removed))) == by_key(case["remove"])


@pytest.mark.parametrize("case", figures("progress.json", "key_results"))
def test_progress_of_a_key_result(case: Json) -> None:
    shown = current_value(case["source"], case["start_value"], case["current_value"], case["done_linked_tasks"])
    assert shown == case["shown"]
    assert key_result_progress(case["start_value"], case["target_value"], shown) == pytest.approx(case["progress"])


@pytest.mark.parametrize("case", figures("progress.json", "goals"))
def test_progress_of_a_goal(case: Json) -> None:
    assert goal_progress(case["key_results"]) == pytest.approx(case["progress"])


def day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


@pytest.mark.parametrize("case", figures("pace.json", "cases"))
def test_pace(case: Json) -> None:
    today = date.fromisoformat(case["today"])
    found = pace(day(case["starts_on"]), day(case["ends_on"]), case["progress"], today)
    if case["pace"] is None:
        assert found is None
    else:
        assert found is not None
        assert found.expected == pytest.approx(case["pace"]["expected"])
        assert found.days_ahead == case["pace"]["days_ahead"]
        assert found.forecast_on == day(case["pace"]["forecast_on"])


@pytest.mark.parametrize("case", figures("pace.json", "needed_per_day"))
def test_what_is_needed_per_day(case: Json) -> None:
    today = date.fromisoformat(case["today"])
    found = needed_per_day(case["target_value"], case["current"], day(case["ends_on"]), today)
    assert found == pytest.approx(case["needed"])
