import asyncio
import statistics
import threading
import time
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher
from redis.asyncio import Redis

from http_api.passwords import THREADS, WAITING_LIMIT, Passwords
from tests.http_api.node import PASSWORD, Browser, Node, error_code
from tracker.announcements import SESSIONS_ENDED_CHANNEL
from tracker.device_positions import DevicePosition, keep_positions


async def age_tokens(node: Node, seconds: int) -> None:
    """Let this much time pass for the refresh tokens."""
    await node.sql(
        "UPDATE refresh_tokens SET created_at = created_at - make_interval(secs => :s),"
        " used_at = used_at - make_interval(secs => :s)",
        s=seconds,
    )


async def test_signing_in_answers_like_signing_up(node: Node, ada: Browser) -> None:
    response = await node.browser().post("/session", {"email": "ADA@example.org", "password": PASSWORD})
    assert response.status_code == 200
    assert response.json().keys() == {"account", "access_token", "expires_in"}
    [record] = await node.audit("signed_in")
    assert record.actor == ada.account_id
    assert record.address == "192.0.2.1"
    assert record.request_id == response.headers["x-request-id"]
    assert record.at.utcoffset().total_seconds() == 0


async def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(node: Node, ada: Browser) -> None:
    answers = [
        await node.browser().post("/session", {"email": email, "password": "wrong password"})
        for email in ("ada@example.org", "nobody@example.org")
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()
    known, unknown = await node.audit("sign_in_refused")
    assert (known.object, unknown.object) == (str(ada.account_id), None)


async def test_an_unknown_address_costs_as_much_work_as_a_known_one() -> None:
    passwords = Passwords()
    kept = await passwords.hash(PASSWORD)

    async def duration(password_hash: str | None) -> float:
        began = time.process_time()
        assert not await passwords.matches("wrong password", password_hash)
        return time.process_time() - began

    known = statistics.median([await duration(kept) for _ in range(9)])
    unknown = statistics.median([await duration(None) for _ in range(9)])
    assert unknown > known / 2


async def test_more_passwords_than_can_be_hashed_soon_are_turned_away(node: Node) -> None:
    released = threading.Event()
    for _ in range(THREADS):
        node.parts.passwords._pool.submit(released.wait)
    waiting = [asyncio.ensure_future(node.parts.passwords.hash(PASSWORD)) for _ in range(WAITING_LIMIT)]
    await asyncio.sleep(0)
    response = await node.browser().post("/session", {"email": "a@b", "password": PASSWORD})
    for each in waiting:
        each.cancel()
    released.set()
    assert (response.status_code, error_code(response)) == (503, "unavailable")
    assert response.headers["retry-after"] == "1"


async def test_a_hash_of_older_parameters_is_replaced_at_the_next_sign_in(node: Node, ada: Browser) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    await node.sql("UPDATE accounts SET password_hash = :weak", weak=weak)
    await node.browser().signed_in("ada@example.org")
    [(kept,)] = await node.sql("SELECT password_hash FROM accounts")
    assert not node.parts.passwords.is_outdated(kept)
    await node.browser().signed_in("ada@example.org")


async def test_refreshing_rotates_the_token_and_keeps_the_session(node: Node, ada: Browser) -> None:
    before, first = ada.cookie, await ada.get("/sessions")
    response = await ada.refresh()
    assert response.status_code == 200
    assert ada.cookie != before
    second = await ada.get("/sessions")
    assert [s["id"] for s in first.json()["sessions"]] == [s["id"] for s in second.json()["sessions"]]


async def test_the_database_holds_only_hashes_of_256_random_bits(node: Node, ada: Browser) -> None:
    [(kept,)] = await node.sql("SELECT token_hash FROM refresh_tokens")
    assert len(ada.cookie) >= 43
    assert ada.cookie.encode() not in kept
    assert len(kept) == 32


async def test_a_token_used_again_after_the_grace_ends_the_family_and_its_sockets(
    node: Node, ada: Browser, redis: Redis
) -> None:
    stolen = ada.cookie
    await ada.refresh()
    await age_tokens(node, 11)
    thief = node.browser("198.51.100.9")
    thief.cookie = stolen
    async with redis.pubsub() as ear:
        await ear.subscribe(SESSIONS_ENDED_CHANNEL)
        await ear.get_message(timeout=5)
        response = await thief.refresh()
        told = await ear.get_message(timeout=5)
    assert (response.status_code, error_code(response)) == (401, "session_ended")
    [(session_id, reason)] = await node.sql("SELECT id, end_reason FROM account_sessions")
    assert reason == "refresh_reused"
    assert told is not None
    assert told["data"].decode() == str(session_id)
    assert error_code(await ada.refresh()) == "session_ended"
    assert error_code(await ada.get("/account")) == "not_authenticated"
    assert error_code(await thief.refresh()) == "session_ended"
    [record] = await node.audit("refresh_reused")
    assert (record.object, record.address) == (str(session_id), "198.51.100.9")


async def test_a_token_sent_again_at_once_gets_a_successor_of_its_own(node: Node, ada: Browser) -> None:
    lost = ada.cookie
    assert (await ada.refresh()).status_code == 200
    tab = node.browser()
    tab.cookie = lost
    assert (await tab.refresh()).status_code == 200
    assert tab.cookie != ada.cookie
    assert await node.audit("refresh_reused") == []


async def test_whichever_of_two_siblings_comes_second_later_is_found_out(node: Node, ada: Browser) -> None:
    shared = ada.cookie
    await ada.refresh()
    thief = node.browser()
    thief.cookie = shared
    await thief.refresh()
    await age_tokens(node, 600)
    assert (await thief.refresh()).status_code == 200
    await age_tokens(node, 11)
    assert error_code(await ada.refresh()) == "session_ended"
    assert error_code(await thief.refresh()) == "session_ended"


async def test_the_other_sibling_may_be_the_one_that_the_cookie_jar_kept(node: Node, ada: Browser) -> None:
    shared = ada.cookie
    await ada.refresh()
    tab = node.browser()
    tab.cookie = shared
    await tab.refresh()
    await age_tokens(node, 600)
    assert (await ada.refresh()).status_code == 200


async def test_one_token_refreshed_by_many_at_once_is_a_grace_for_all(node: Node, ada: Browser) -> None:
    tabs = [node.browser() for _ in range(6)]
    for tab in tabs:
        tab.cookie = ada.cookie
    responses = await asyncio.gather(*(tab.refresh() for tab in tabs))
    assert {response.status_code for response in responses} == {200}
    assert len({tab.cookie for tab in tabs}) == len(tabs)
    assert await node.audit("refresh_reused") == []


async def test_a_device_not_seen_for_a_month_signs_in_again(node: Node, ada: Browser) -> None:
    await age_tokens(node, 30 * 86_400 + 1)
    assert error_code(await ada.refresh()) == "session_ended"


async def test_a_session_that_refreshes_daily_still_ends_one_day(node: Node, ada: Browser) -> None:
    await node.sql("UPDATE account_sessions SET expires_at = now() + interval '100 seconds'")
    response = await ada.refresh()
    assert 95 <= response.json()["expires_in"] <= 100
    await node.sql("UPDATE account_sessions SET expires_at = now()")
    assert error_code(await ada.refresh()) == "session_ended"
    assert error_code(await ada.get("/account")) == "not_authenticated"


async def test_tokens_too_old_to_be_taken_are_forgotten(node: Node, ada: Browser) -> None:
    for _ in range(3):
        await ada.refresh()
    await node.sql("UPDATE refresh_tokens SET created_at = now() - interval '31 days' WHERE used_at IS NOT NULL")
    await ada.refresh()
    assert len(await node.sql("SELECT token_hash FROM refresh_tokens")) == 2


async def test_refreshing_without_a_cookie_or_with_a_made_up_one_is_no_session(node: Node) -> None:
    browser = node.browser()
    assert error_code(await browser.refresh()) == "session_ended"
    browser.cookie = "made-up"
    assert error_code(await browser.refresh()) == "session_ended"


async def test_an_access_token_is_no_refresh_token_and_the_other_way_round(node: Node, ada: Browser) -> None:
    cookie, token = ada.cookie, ada.token
    ada.cookie = token
    assert error_code(await ada.refresh()) == "session_ended"
    ada.token = cookie
    assert error_code(await ada.get("/account")) == "not_authenticated"


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "",
        "http://lockstep.test.evil.example",
        "http://evil-lockstep.test",
        "https://lockstep.test",
        "http://lockstep.test:8080",
        "http://LOCKSTEP.test/",
    ],
)
async def test_a_foreign_page_may_not_use_the_cookie(ada: Browser, origin: str) -> None:
    for response in (
        await ada.post("/session/refresh", headers={"Origin": origin}),
        await ada.delete("/session", headers={"Origin": origin}),
        await ada.post("/session", {"email": "a@b", "password": "x"}, headers={"Origin": origin}),
    ):
        assert (response.status_code, error_code(response)) == (403, "origin_refused")
    assert (await ada.refresh()).status_code == 200


async def test_a_cookie_without_an_origin_is_refused(ada: Browser) -> None:
    del ada.client.headers["Origin"]
    assert error_code(await ada.post("/session/refresh")) == "origin_refused"
    ada.token = ""
    assert error_code(await ada.delete("/session")) == "origin_refused"


async def test_two_origins_are_none(ada: Browser) -> None:
    headers = [("Origin", "http://lockstep.test"), ("Origin", "http://lockstep.test")]
    del ada.client.headers["Origin"]
    response = await ada.client.request("POST", "/api/session/refresh", headers=headers)
    assert error_code(response) == "origin_refused"


async def test_signing_out_ends_this_session_its_cookie_and_its_sockets(node: Node, ada: Browser, redis: Redis) -> None:
    phone = await node.browser().signed_in("ada@example.org")
    async with redis.pubsub() as ear:
        await ear.subscribe(SESSIONS_ENDED_CHANNEL)
        await ear.get_message(timeout=5)
        response = await ada.delete("/session")
        assert await ear.get_message(timeout=5) is not None
    assert response.status_code == 204
    assert "max-age=0" in response.headers["set-cookie"].lower()
    assert error_code(await ada.get("/account")) == "not_authenticated"
    assert (await phone.get("/account")).status_code == 200
    assert len(await node.audit("signed_out")) == 1


async def test_signing_out_works_with_the_cookie_alone_and_again(node: Node, ada: Browser) -> None:
    token, ada.token, cookie = ada.token, "", ada.cookie
    assert (await ada.delete("/session")).status_code == 204
    ada.cookie = cookie
    assert (await ada.delete("/session")).status_code == 204
    ada.token = token
    assert error_code(await ada.get("/account")) == "not_authenticated"
    assert len(await node.audit("signed_out")) == 1


async def test_signing_out_takes_a_session(node: Node) -> None:
    assert error_code(await node.browser().delete("/session")) == "not_authenticated"


async def test_my_devices_are_listed_by_name_and_place(node: Node, ada: Browser, bo: Browser) -> None:
    webkit = "AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1"
    iphone = f"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) {webkit}"
    await node.browser("2001:db8::7", **{"User-Agent": iphone}).signed_in("ada@example.org")
    response = await ada.get("/sessions")
    assert response.status_code == 200
    shown = {(s["device_name"], s["ip"], s["current"]) for s in response.json()["sessions"]}
    assert shown == {("Firefox on Linux", "192.0.2.1", True), ("Safari on iPhone", "2001:db8::7", False)}


async def test_a_device_tells_how_far_it_has_each_board(node: Node, ada: Browser) -> None:
    [mine] = (await ada.get("/sessions")).json()["sessions"]
    assert mine["confirmed"] == []
    [board] = (await ada.get("/boards")).json()["boards"]
    position = {"board_id": board["board_id"], "epoch": board["epoch"], "seq": board["seq"]}
    at = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    board_id, epoch = UUID(board["board_id"]), UUID(board["epoch"])
    said = DevicePosition(UUID(mine["id"]), ada.account_id, board_id, epoch, board["seq"], at)
    async with node.engine.begin() as connection:
        assert await keep_positions(connection, [said]) == 1
    [mine] = (await ada.get("/sessions")).json()["sessions"]
    assert mine["confirmed"] == [{**position, "at": "2026-11-22T10:00:00Z"}]


async def test_what_an_ended_device_said_is_forgotten(node: Node, ada: Browser) -> None:
    [mine] = (await ada.get("/sessions")).json()["sessions"]
    insert = "INSERT INTO device_positions VALUES (:id, gen_random_uuid(), gen_random_uuid(), 1, now())"
    await node.sql(insert, id=UUID(mine["id"]))
    await ada.delete("/session")
    assert await node.sql("SELECT * FROM device_positions") == []


async def test_ending_a_device_signs_it_out(node: Node, ada: Browser) -> None:
    phone = await node.browser().signed_in("ada@example.org")
    [session_id] = [s["id"] for s in (await ada.get("/sessions")).json()["sessions"] if not s["current"]]
    assert (await ada.delete(f"/sessions/{session_id}")).status_code == 204
    assert error_code(await phone.get("/account")) == "not_authenticated"
    assert error_code(await phone.refresh()) == "session_ended"
    assert error_code(await ada.delete(f"/sessions/{session_id}")) == "not_found"
    assert len(await node.audit("session_ended")) == 1


async def test_a_device_of_somebody_else_is_not_found_and_stays(ada: Browser, bo: Browser) -> None:
    [bos] = (await bo.get("/sessions")).json()["sessions"]
    foreign = await ada.delete(f"/sessions/{bos['id']}")
    absent = await ada.delete(f"/sessions/{uuid4()}")
    assert (foreign.status_code, foreign.json()) == (404, absent.json())
    assert (await bo.get("/account")).status_code == 200


async def test_a_disabled_account_is_out_and_stays_out(node: Node, ada: Browser) -> None:
    await node.sql("UPDATE accounts SET disabled_at = now()")
    assert error_code(await ada.get("/account")) == "not_authenticated"
    assert error_code(await ada.refresh()) == "session_ended"
    response = await node.browser().post("/session", {"email": "ada@example.org", "password": PASSWORD})
    assert error_code(response) == "wrong_credentials"


async def test_the_gate_tells_which_sessions_do_not_go_on(node: Node, ada: Browser, bo: Browser) -> None:
    [(adas,)] = await node.sql("SELECT id FROM account_sessions WHERE account_id = :a", a=ada.account_id)
    [(bos,)] = await node.sql("SELECT id FROM account_sessions WHERE account_id = :a", a=bo.account_id)
    unknown = uuid4()
    assert await node.parts.gate.ended([adas, bos, unknown]) == {unknown}
    await bo.delete("/session")
    assert await node.parts.gate.ended([adas, bos]) == {bos}
    await node.sql("UPDATE accounts SET disabled_at = now()")
    assert await node.parts.gate.ended([adas]) == {adas}
    assert await node.parts.gate.ended([]) == set()


@pytest.mark.parametrize("how", ["device ended", "password changed"])
@pytest.mark.rule("R-23")
async def test_whoever_ends_a_device_tells_all_nodes_to_close_its_sockets(
    node: Node, ada: Browser, redis: Redis, how: str
) -> None:
    await node.browser().signed_in("ada@example.org")
    [phones] = [s["id"] for s in (await ada.get("/sessions")).json()["sessions"] if not s["current"]]
    async with redis.pubsub() as ear:
        await ear.subscribe(SESSIONS_ENDED_CHANNEL)
        await ear.get_message(timeout=5)
        if how == "device ended":
            await ada.delete(f"/sessions/{phones}")
        else:
            passwords = {"current_password": PASSWORD, "new_password": "a new horse entirely"}
            assert (await ada.post("/account/password", passwords)).status_code == 204
        told = await ear.get_message(timeout=5)
    assert told is not None
    assert told["data"].decode().split() == [phones]
