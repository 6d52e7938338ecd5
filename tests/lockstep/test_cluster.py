"""The program on a Redis Cluster: REDIS_URL is all that is different."""

import asyncio
import os
from pathlib import Path

import httpx
import pytest

from tests.conftest import nodes_on
from tests.lockstep.test_cli import lockstep
from tests.valkey_cluster import valkey_cluster


async def test_a_node_is_ready_on_a_cluster_and_the_doctor_finds_nothing(
    database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    directory: Path = tmp_path_factory.mktemp("cluster")
    async with valkey_cluster(directory) as cluster:
        with nodes_on(database_url, cluster.url) as start_node:
            node = await asyncio.to_thread(start_node)
            async with httpx.AsyncClient(base_url=node.url) as client, asyncio.timeout(20):
                # Once it has heard its own word, too.
                while (health := (await client.get("/api/health/ready")).json())["status"] != "ok":  # noqa: ASYNC110 - it tells nobody
                    await asyncio.sleep(0.1)
            assert health["redis"] == "ok"
            settings = {"DATABASE_URL": database_url, "REDIS_URL": cluster.url, "PUBLIC_URL": node.url}
            found = await asyncio.to_thread(lockstep, "doctor", SECRET_KEY=os.urandom(32).hex(), **settings)
            assert found.returncode == 0, found.stdout
            cluster.kill(0)
            found = await asyncio.to_thread(lockstep, "doctor", SECRET_KEY=os.urandom(32).hex(), **settings)
            assert "failed  redis" in found.stdout
            async with httpx.AsyncClient(base_url=node.url) as client:
                assert (await client.get("/api/health/ready")).json()["status"] == "degraded"
