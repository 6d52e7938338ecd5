"""The embedded servers as real processes: first start, second start, a killed run, two runs at once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import psutil
import pytest
from redis import Redis
from sqlalchemy.engine import make_url

from lockstep.embedded.data_dir import DataDir
from lockstep.embedded.failure import EmbeddedServerError
from lockstep.embedded.servers import EmbeddedServers, embedded_servers

# Starts the servers in a process of its own, prints their process ids and waits to be stopped.
HOLDER = """
import sys, time
from pathlib import Path
from lockstep.embedded.data_dir import DataDir
from lockstep.embedded.servers import embedded_servers
with embedded_servers(DataDir(Path(sys.argv[1]))) as servers:
    print(servers.postgres.pid, servers.valkey.pid, flush=True)
    time.sleep(3600)
"""


async def connect(servers: EmbeddedServers) -> asyncpg.Connection:
    url = make_url(servers.postgres.url())
    return await asyncpg.connect(user=url.username, database=url.database, host=str(url.query["host"]))


def hold(directory: Path) -> tuple[subprocess.Popen[str], list[psutil.Process]]:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(directory)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    with holder.stdout:
        pids = holder.stdout.readline().split()
    return holder, [psutil.Process(int(pid)) for pid in pids]


def is_alive(process: psutil.Process) -> bool:
    """A zombie is dead: only nobody has buried it, as in containers without an init."""
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


async def test_a_second_start_keeps_the_data(tmp_path: Path) -> None:
    with embedded_servers(DataDir(tmp_path)) as servers:
        connection = await connect(servers)
        await connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        await connection.close()

    with embedded_servers(DataDir(tmp_path)) as servers:
        connection = await connect(servers)
        assert await connection.fetchval("SELECT answer FROM kept") == 42
        await connection.close()


async def test_committed_means_on_disk_and_times_are_utc(tmp_path: Path) -> None:
    with embedded_servers(DataDir(tmp_path)) as servers:
        connection = await connect(servers)
        for name, value in {"fsync": "on", "synchronous_commit": "on", "TimeZone": "UTC"}.items():
            assert await connection.fetchval("SELECT current_setting($1)", name) == value
        await connection.close()


def test_both_servers_stop_with_the_block(tmp_path: Path) -> None:
    with embedded_servers(DataDir(tmp_path)) as servers:
        assert Redis.from_url(servers.valkey.url).ping()
        pids = [servers.postgres.pid, servers.valkey.pid]
    assert not [pid for pid in pids if pid is None or psutil.pid_exists(pid)]


def test_the_servers_do_not_outlive_a_run_that_is_killed(tmp_path: Path) -> None:
    holder, servers = hold(tmp_path)
    holder.kill()
    holder.wait()
    while any(is_alive(process) for process in servers):
        # They stop in good order, which takes a moment; the test's own limit is the only one.
        time.sleep(0.02)


def test_a_start_right_after_a_kill_finds_its_way(tmp_path: Path) -> None:
    holder, killed = hold(tmp_path)
    holder.kill()
    holder.wait()
    with embedded_servers(DataDir(tmp_path)) as servers:
        assert servers.postgres.pid is not None
    assert not [process for process in killed if is_alive(process)]


async def test_a_killed_postgres_recovers_what_was_committed(tmp_path: Path) -> None:
    with embedded_servers(DataDir(tmp_path)) as servers:
        connection = await connect(servers)
        await connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        assert servers.postgres.pid is not None
        os.kill(servers.postgres.pid, signal.SIGKILL)
        connection.terminate()

    with embedded_servers(DataDir(tmp_path)) as servers:
        connection = await connect(servers)
        assert await connection.fetchval("SELECT answer FROM kept") == 42
        await connection.close()


def test_the_process_id_of_a_dead_server_may_be_somebody_else_s_by_now(tmp_path: Path) -> None:
    with embedded_servers(DataDir(tmp_path)):
        running = (tmp_path / "postgres" / "postmaster.pid").read_text()
    stale = running.splitlines()
    sleeper = subprocess.Popen(["sleep", "3600"])
    (tmp_path / "postgres" / "postmaster.pid").write_text("\n".join([str(sleeper.pid), *stale[1:]]) + "\n")
    try:
        with embedded_servers(DataDir(tmp_path)) as servers:
            assert servers.postgres.pid is not None
        assert sleeper.poll() is None
    finally:
        sleeper.kill()
        sleeper.wait()


def test_a_second_program_on_the_same_data_is_told_so(tmp_path: Path) -> None:
    with (
        embedded_servers(DataDir(tmp_path)),
        pytest.raises(EmbeddedServerError, match="Another Lockstep is running with the data in"),
        embedded_servers(DataDir(tmp_path)),
    ):
        pass


def test_a_first_start_that_was_cut_off_is_begun_again(tmp_path: Path) -> None:
    half_made = tmp_path / "postgres.part"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18\n")
    with embedded_servers(DataDir(tmp_path)) as servers:
        assert servers.postgres.pid is not None
    assert not half_made.exists()


def test_a_path_too_long_for_a_socket_works_too(tmp_path: Path) -> None:
    with embedded_servers(DataDir(tmp_path / ("long" * 30))) as servers:
        assert Redis.from_url(servers.valkey.url).ping()
        sockets = Path(str(make_url(servers.postgres.url()).query["host"]))
    assert not sockets.exists()


def test_a_server_that_cannot_start_shows_the_end_of_its_log(tmp_path: Path) -> None:
    with embedded_servers(DataDir(tmp_path)):
        pass
    (tmp_path / "postgres" / "postgresql.conf").write_text("no such setting\n")
    with (
        pytest.raises(EmbeddedServerError, match=r"(?s)PostgreSQL: ended with exit code 1.*syntax error"),
        embedded_servers(DataDir(tmp_path)),
    ):
        pass


def test_a_server_that_ignores_its_signal_is_stopped_by_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lockstep.embedded.server_process.STOP_SECONDS", 0.2)
    with embedded_servers(DataDir(tmp_path)) as servers:
        assert servers.valkey.pid is not None
        valkey = psutil.Process(servers.valkey.pid)
        valkey.suspend()
    assert not valkey.is_running()


def test_the_servers_are_in_a_session_of_their_own(tmp_path: Path) -> None:
    """Ctrl-C on the terminal goes to the whole foreground group; the servers must outlive the nodes."""
    with embedded_servers(DataDir(tmp_path)) as servers:
        assert servers.postgres.pid is not None
        assert os.getsid(servers.postgres.pid) != os.getsid(0)
