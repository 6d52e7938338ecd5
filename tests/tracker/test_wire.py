"""JSON as it lies in memory."""

import tracemalloc

from tracker import wire


def test_what_is_kept_takes_as_much_room_as_it_has_bytes() -> None:
    values = [{"seq": number, "title": "x" * 200} for number in range(500)]
    tracemalloc.start()
    try:
        kept = [wire.encode_to_keep(value) for value in values]
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept == [wire.encode(value) for value in values]
    assert taken < 2 * sum(map(len, kept))
