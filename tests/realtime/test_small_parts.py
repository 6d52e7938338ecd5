"""Parts that need no network: rate, attendance, admission, and the messages that are written by hand."""

from uuid import UUID

import pytest

from realtime.admission import address_of, is_own_page
from realtime.attendance import PEOPLE_LIMIT, everyone, seen_here
from realtime.messages import SERVER_MESSAGE, Changes, Heads
from realtime.server_frames import changes_frame, heads_frame
from realtime.token_bucket import BURST, MESSAGES_PER_SECOND, TokenBucket

ADA, BO, TASK, OTHER_TASK = (UUID(int=n) for n in range(1, 5))
OWN = frozenset({"https://lockstep.example"})


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    bucket = TokenBucket(0.0)
    assert sum(bucket.take(0.0) for _ in range(2_000)) == BURST
    assert sum(bucket.take(2.0) for _ in range(2_000)) == 2 * MESSAGES_PER_SECOND


def test_a_bucket_never_holds_more_than_its_burst() -> None:
    bucket = TokenBucket(0.0)
    assert sum(bucket.take(3_600.0) for _ in range(2_000)) == BURST


def test_sockets_of_one_person_are_counted_together() -> None:
    seen = seen_here([(ADA, TASK), (ADA, None), (ADA, OTHER_TASK), (BO, None)])
    assert seen[ADA] == {"connections": 3, "task_ids": [str(TASK), str(OTHER_TASK)]}
    assert seen[BO] == {"connections": 1, "task_ids": []}


def test_people_of_all_nodes_are_merged() -> None:
    people = everyone([seen_here([(ADA, TASK)]), seen_here([(ADA, OTHER_TASK), (BO, None)])])
    assert [(person.account_id, person.connections, person.task_ids) for person in people] == [
        (ADA, 2, [TASK, OTHER_TASK]),
        (BO, 1, []),
    ]


def test_a_crowd_is_capped() -> None:
    assert len(everyone([seen_here([(UUID(int=n), None) for n in range(500)])])) == PEOPLE_LIMIT


@pytest.mark.parametrize(
    ("headers", "is_let_in"),
    [
        ([(b"origin", b"https://lockstep.example"), (b"cookie", b"a=b")], True),
        ([], True),
        ([(b"cookie", b"a=b")], False),
        ([(b"origin", b"null")], False),
        ([(b"origin", b"http://lockstep.example")], False),
        ([(b"origin", b"https://lockstep.example:444")], False),
        ([(b"origin", b"https://lockstep.example.evil.org")], False),
        ([(b"origin", b"https://evil-lockstep.example")], False),
        ([(b"origin", b"https://lockstep.example"), (b"origin", b"https://evil.org")], False),
        ([(b"origin", b"")], False),
        ([(b"origin", b"\xff")], False),
    ],
)
def test_only_own_pages_and_programs_come_in(headers: list[tuple[bytes, bytes]], is_let_in: bool) -> None:
    assert is_own_page(headers, OWN) is is_let_in


@pytest.mark.parametrize(
    ("client", "address"),
    [
        (("192.0.2.7", 1), "192.0.2.7"),
        (("::ffff:192.0.2.7", 1), "192.0.2.7"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::"),
        (("2001:db8:1:2:ffff::", 1), "2001:db8:1:2::"),
        (("unix", 0), "unix"),
        (None, ""),
    ],
)
def test_an_ipv6_network_counts_as_one_address(client: tuple[str, int] | None, address: str) -> None:
    assert address_of(client) == address


def test_frames_written_by_hand_are_messages_of_the_contract() -> None:
    change = b'{"seq":4,"at":"2026-11-22T10:48:49.123Z","by":"%b","command_id":"%b","put":[],"remove":[]}'
    body = change % (str(ADA).encode(), str(BO).encode())
    changes = SERVER_MESSAGE.validate_json(changes_frame(TASK, [body, body])[4:])
    assert isinstance(changes, Changes)
    assert [change.seq for change in changes.changes] == [4, 4]
    heads = SERVER_MESSAGE.validate_json(heads_frame({TASK: 4, ADA: 5})[2:])
    assert heads == Heads(heads={TASK: 4, ADA: 5})
