"""What comes back from Redis is known once, and nothing is expected for ever."""

from realtime.echoes import BYTES_LIMIT, EXPECTED_LIMIT, Echoes


def test_an_echo_is_known_once() -> None:
    echoes = Echoes()
    echoes.expect(b"said")
    assert [echoes.is_one(heard) for heard in (b"said by another", b"said", b"said")] == [False, True, False]


def test_what_never_came_back_does_not_fill_the_memory() -> None:
    echoes = Echoes()
    for number in range(EXPECTED_LIMIT + 1):
        echoes.expect(b"%d" % number)
    assert len(echoes._expected) <= EXPECTED_LIMIT
    assert echoes.is_one(b"%d" % EXPECTED_LIMIT)


def test_what_is_large_is_not_kept() -> None:
    echoes = Echoes()
    echoes.expect(b"x" * BYTES_LIMIT)
    echoes.expect(b"y" * (BYTES_LIMIT + 1))
    assert [echoes.is_one(letter * (BYTES_LIMIT + more)) for letter, more in ((b"x", 0), (b"y", 1))] == [True, False]
