"""Who reads when many do."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.types import Receive, Scope, Send

from http_api.deadline import Deadline
from http_api.in_turn import InTurn

PLACES = 3
START = {"type": "http.response.start", "status": 200, "headers": []}


class Slow:
    """Answers when it is told to, and tells what it is working on."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.may_answer = asyncio.Event()
        self.may_finish = asyncio.Event()
        self.may_finish.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.begun.append(scope["path"])
        await self.may_answer.wait()
        if scope["path"].startswith("/broken"):
            raise RuntimeError
        await send(START)
        await self.may_finish.wait()
        await send({"type": "http.response.body", "body": b"page"})


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
async def http(slow: Slow) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(InTurn(slow, at_once=PLACES), raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as http:
        yield http


async def all_that_can_has_happened() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


async def test_some_at_a_time_in_the_order_in_which_they_came(slow: Slow, http: AsyncClient) -> None:
    asked = [asyncio.create_task(http.get(f"/{number}")) for number in range(8)]
    await all_that_can_has_happened()
    assert slow.begun == ["/0", "/1", "/2"]
    slow.may_answer.set()
    answers = await asyncio.gather(*asked)
    assert {answer.status_code for answer in answers} == {200}
    assert slow.begun == [f"/{number}" for number in range(8)]


@pytest.mark.parametrize(("method", "path"), [("POST", "/boards"), ("GET", "/health/ready"), ("GET", "/metrics")])
async def test_writes_and_monitors_do_not_wait_in_line(slow: Slow, http: AsyncClient, method: str, path: str) -> None:
    asked = [asyncio.create_task(http.get(f"/{number}")) for number in range(5)]
    await all_that_can_has_happened()
    asked.append(asyncio.create_task(http.request(method, path)))
    await all_that_can_has_happened()
    assert slow.begun[-1] == path
    slow.may_answer.set()
    await asyncio.gather(*asked)


async def test_monitors_under_a_mount_do_not_wait_either(slow: Slow) -> None:
    scope = {"type": "http", "method": "GET", "root_path": "/api", "headers": []}
    in_turn = InTurn(slow, at_once=1)
    calls = [
        asyncio.create_task(in_turn({**scope, "path": path}, unheard, unseen))
        for path in ("/api/boards", "/api/boards", "/api/health/live")
    ]
    await all_that_can_has_happened()
    assert slow.begun == ["/api/boards", "/api/health/live"]
    slow.may_answer.set()
    await asyncio.gather(*calls)


async def unheard() -> dict[str, str]:
    return {"type": "http.disconnect"}


async def unseen(message: object) -> None: ...


async def test_a_slow_line_keeps_no_place(slow: Slow, http: AsyncClient) -> None:
    slow.may_answer.set()
    slow.may_finish.clear()
    asked = [asyncio.create_task(http.get(f"/{number}")) for number in range(8)]
    await all_that_can_has_happened()
    assert len(slow.begun) == 8
    slow.may_finish.set()
    await asyncio.gather(*asked)


async def test_what_fails_or_is_given_up_keeps_no_place(slow: Slow, http: AsyncClient) -> None:
    asked = [asyncio.create_task(http.get(f"/broken/{number}")) for number in range(PLACES)]
    waiting = [asyncio.create_task(http.get(f"/given-up/{number}")) for number in range(PLACES)]
    last = asyncio.create_task(http.get("/last"))
    await all_that_can_has_happened()
    for task in waiting:
        task.cancel()
    await all_that_can_has_happened()
    slow.may_answer.set()
    assert {answer.status_code for answer in await asyncio.gather(*asked)} == {500}
    assert (await last).text == "page"
    assert slow.begun[PLACES:] == ["/last"]


async def test_who_waits_too_long_is_told_to_ask_again_and_the_line_goes_on(slow: Slow) -> None:
    in_turn = InTurn(slow, at_once=1)
    async with AsyncClient(transport=ASGITransport(Deadline(in_turn, seconds=0.05)), base_url="http://test") as http:
        answers = await asyncio.gather(*(http.get(f"/{number}") for number in range(3)))
        assert [answer.status_code for answer in answers] == [503, 503, 503]
    slow.may_answer.set()
    async with AsyncClient(transport=ASGITransport(in_turn), base_url="http://test") as http:
        assert (await http.get("/again")).status_code == 200
