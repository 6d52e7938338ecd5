"""The changes that a node keeps."""

from realtime.ring import RING_BYTES, RING_CHANGES, Ring
from tracker.change_log import LoggedChange


def ring_of(first: int, last: int, size: int = 10) -> Ring:
    ring = Ring()
    for seq in range(first, last + 1):
        ring.append(LoggedChange(seq, b"x" * size))
    return ring


def seqs(changes: list[LoggedChange]) -> list[int]:
    return [change.seq for change in changes]


def test_it_gives_what_follows_a_seq() -> None:
    ring = ring_of(5, 9)
    assert seqs(ring.after(4, 1_000)) == [5, 6, 7, 8, 9]
    assert seqs(ring.after(7, 1_000)) == [8, 9]


def test_it_gives_nothing_when_the_next_change_is_not_there() -> None:
    ring = ring_of(5, 9)
    assert ring.after(3, 1_000) == []
    assert ring.after(9, 1_000) == []
    assert Ring().after(0, 1_000) == []


def test_it_gives_at_least_one_change_and_about_as_many_bytes_as_asked() -> None:
    ring = ring_of(1, 9)
    assert seqs(ring.after(0, 1)) == [1]
    assert seqs(ring.after(0, 25)) == [1, 2, 3]


def test_it_keeps_the_newest_by_number_and_by_bytes() -> None:
    many = ring_of(1, RING_CHANGES + 10)
    assert many.after(9, 1) == []
    assert seqs(many.after(10, 1)) == [11]
    large = ring_of(1, 100, size=RING_BYTES // 10)
    assert large.after(89, 1) == []
    assert seqs(large.after(90, 1)) == [91]


def test_it_forgets_all() -> None:
    ring = ring_of(1, 3)
    ring.clear()
    assert ring.after(0, 1_000) == []
    ring.append(LoggedChange(7, b"x"))
    assert seqs(ring.after(6, 1_000)) == [7]
