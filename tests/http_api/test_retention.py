"""What accounts leave behind goes after its time, and not before."""

import pytest
from sqlalchemy.exc import ProgrammingError

from http_api import retention
from http_api.retention import trim_audit, trim_sessions
from tests.http_api.node import Browser, Node


async def test_a_sign_in_that_ended_long_ago_goes_with_its_tokens(node: Node, ada: Browser) -> None:
    await node.sql("UPDATE account_sessions SET ended_at = now() - interval '91 days', end_reason = 'signed_out'")
    fresh = await node.browser().signed_in("ada@example.org")
    assert await trim_sessions(node.engine) == 1
    assert len(await node.sql("SELECT * FROM account_sessions")) == 1
    assert len(await node.sql("SELECT * FROM refresh_tokens")) == 1
    assert (await fresh.get("/account")).status_code == 200


async def test_what_a_device_confirmed_goes_with_a_sign_in_that_nobody_ended(node: Node, ada: Browser) -> None:
    await node.sql("UPDATE account_sessions SET expires_at = now() - interval '91 days'")
    await node.sql(
        "INSERT INTO device_positions SELECT id, gen_random_uuid(), gen_random_uuid(), 1, now() FROM account_sessions"
    )
    assert await trim_sessions(node.engine) == 1
    assert await node.sql("SELECT * FROM device_positions") == []


async def test_many_sign_ins_go_in_several_transactions(
    node: Node, ada: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    for _ in range(4):
        await node.browser().signed_in("ada@example.org")
    await node.sql("UPDATE account_sessions SET expires_at = now() - interval '91 days'")
    assert await trim_sessions(node.engine) == 5
    assert await node.sql("SELECT * FROM account_sessions") == []


async def test_a_sign_in_that_just_ended_stays(node: Node, ada: Browser) -> None:
    await ada.delete("/session")
    assert await trim_sessions(node.engine) == 0


async def test_the_audit_goes_after_its_year_and_a_month(node: Node, ada: Browser) -> None:
    [(count,)] = await node.sql("SELECT count(*) FROM security_audit")
    await _age_audit(node, days=399)
    assert await trim_audit(node.engine) == 0
    await _age_audit(node, days=2)
    assert await trim_audit(node.engine) == count


async def test_nobody_deletes_audit_of_the_last_year(node: Node, ada: Browser) -> None:
    await _age_audit(node, days=364)
    with pytest.raises(ProgrammingError, match="permission denied"):
        await node.sql("DELETE FROM security_audit")


async def _age_audit(node: Node, days: int) -> None:
    """As if time had passed. Only possible with the triggers off."""
    async with node.engine.begin() as connection:
        await connection.exec_driver_sql("SET LOCAL session_replication_role = 'replica'")
        await connection.exec_driver_sql(f"UPDATE security_audit SET at = at - interval '{days} days'")
