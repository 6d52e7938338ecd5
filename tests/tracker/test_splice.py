import json
from typing import Any
from uuid import UUID

import pytest

from tracker import wire
from tracker.splice import spliced

A, B, C = (UUID(int=number) for number in (1, 2, 3))


def record(type_: str, id: UUID, **fields: Any) -> dict[str, Any]:
    return {"type": type_, "id": str(id), **fields}


def patched(records: list[dict[str, Any]], gone: set[UUID], fresh: list[dict[str, Any]]) -> list[dict[str, Any]]:
    made = spliced(wire.encode(records), {str(id).encode() for id in gone}, wire.encode(fresh)[1:-1])
    decoded: list[dict[str, Any]] = json.loads(made)
    return decoded


@pytest.mark.parametrize("id", [A, B, C])
def test_a_record_is_replaced_wherever_it_stands(id: UUID) -> None:
    before = [record("list", A), record("task", B), record("task", C)]
    after = patched(before, {id}, [record("task", id, title="new")])
    assert after == [*(one for one in before if one["id"] != str(id)), record("task", id, title="new")]


def test_records_of_all_types_with_an_id_that_moved_are_taken_out() -> None:
    before = [record("board", A), record("member", A), record("profile", A), record("task", B)]
    assert patched(before, {A}, [record("board", A)]) == [record("task", B), record("board", A)]


def test_a_record_that_only_names_another_stays() -> None:
    before = [record("task", A, list_id=str(B), assignee_ids=[str(B)]), record("list", B)]
    assert patched(before, {B}, []) == before[:1]


def test_what_people_write_is_never_taken_for_records() -> None:
    confusing = '"},{"type":"task","id":"' + str(A) + '"}]\\"},{"type":"'
    before = [record("task", B, title=confusing, notes=f'","id":"{A}"'), record("task", A), record("task", C)]
    assert patched(before, {A}, []) == [before[0], before[2]]


def test_all_of_it_may_go() -> None:
    assert patched([record("task", A)], {A}, []) == []
    assert patched([record("task", A)], {A}, [record("task", A, title="new")]) == [record("task", A, title="new")]


@pytest.mark.parametrize("records", [b"", b"[]", b"null", b'[{"id":"1","type":"task"}]', b'[{"type":"task"}]'])
def test_what_is_no_array_of_records_is_refused(records: bytes) -> None:
    with pytest.raises(ValueError, match=r"not an array of records|not found"):
        spliced(records, set(), b"")
