"""Questions that come while one is asked share the next asking."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from tracker.asked_together import AskedTogether


class Oracle:
    """Answers with the square, knows no negative numbers, and waits until it is let go on."""

    def __init__(self) -> None:
        self.heard: list[list[int]] = []
        self.was_asked = asyncio.Event()
        self.gate = asyncio.Event()

    async def __call__(self, questions: Sequence[int]) -> Mapping[int, int]:
        self.heard.append(list(questions))
        self.was_asked.set()
        await self.gate.wait()
        if 13 in questions:
            raise LookupError("13")
        return {question: question**2 for question in questions if question >= 0}


async def test_a_lone_question_goes_at_once_and_the_rest_go_together() -> None:
    oracle = Oracle()
    together = AskedTogether(oracle)
    first = asyncio.create_task(together.answer(1))
    await oracle.was_asked.wait()
    others = [asyncio.create_task(together.answer(number)) for number in (2, 3, 2, -1)]
    await asyncio.sleep(0)
    oracle.gate.set()
    assert await first == 1
    assert await asyncio.gather(*others) == [4, 9, 4, None]
    assert oracle.heard == [[1], [2, 3, -1]]


async def test_an_answer_is_never_older_than_its_question() -> None:
    oracle = Oracle()
    together = AskedTogether(oracle)
    early = asyncio.create_task(together.answer(1))
    await oracle.was_asked.wait()
    late = asyncio.create_task(together.answer(1))
    await asyncio.sleep(0)
    oracle.gate.set()
    assert (await early, await late) == (1, 1)
    assert oracle.heard == [[1], [1]]


async def test_a_failure_reaches_those_who_asked_and_nobody_else() -> None:
    oracle = Oracle()
    oracle.gate.set()
    together = AskedTogether(oracle)
    with pytest.raises(LookupError):
        await together.answer(13)
    assert await together.answer(4) == 16


async def test_who_gives_up_takes_nobody_along() -> None:
    oracle = Oracle()
    together = AskedTogether(oracle)
    impatient, patient = (asyncio.create_task(together.answer(5)) for _ in range(2))
    await oracle.was_asked.wait()
    impatient.cancel()
    oracle.gate.set()
    assert await patient == 25
