"""The command line, each command as a process, as operators run it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from loadtests.ports import free_ports
from lockstep.embedded.servers import EmbeddedServers
from tests.conftest import SECRET_KEY

BARE = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")}


def lockstep(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lockstep", *arguments],
        env={**BARE, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass
class Running:
    process: subprocess.Popen[str]
    settings: Mapping[str, str]
    welcome: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings['PORT']}"


@contextmanager
def up(data_dir: Path) -> Iterator[Running]:
    """`lockstep up` in a session of its own, as on a terminal, from its welcome until it is gone."""
    settings = {"DATA_DIR": str(data_dir), "PORT": str(free_ports(1)[0]), "LOG_LEVEL": "warning"}
    process = subprocess.Popen(
        [sys.executable, "-m", "lockstep", "up"],
        env={**BARE, **settings},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    with process, process.stdout:
        welcome = ""
        while "Ctrl-C stops it" not in welcome:
            line = process.stdout.readline()
            assert line, f"ended early: {welcome}"
            welcome += line
        yield Running(process, settings, welcome)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """An embedded installation for the tests that leave it running."""
    with up(tmp_path_factory.mktemp("data")) as running:
        yield running


def test_up_prints_the_address_and_how_to_sign_in_to_the_demo(running: Running) -> None:
    assert running.url in running.welcome
    sign_ins = re.findall(r"(\S+@\S+), password (\S+)", running.welcome)
    assert len(sign_ins) == 2
    for email, password in sign_ins:
        answer = httpx.post(
            f"{running.url}/api/session",
            json={"email": email, "password": password},
            headers={"origin": running.url},
        )
        assert answer.status_code == 200, answer.text


def test_localhost_is_as_good_as_its_number(running: Running) -> None:
    url = running.url.replace("127.0.0.1", "localhost")
    answer = httpx.post(
        f"{url}/api/session", json={"email": "nobody@example.org", "password": "wrong horse"}, headers={"origin": url}
    )
    assert answer.status_code == 401


def test_doctor_finds_the_running_installation_and_nothing_wrong_with_it(running: Running) -> None:
    done = lockstep("doctor", DATA_DIR=running.settings["DATA_DIR"])
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [
        ["ok", "database"],
        ["ok", "schema"],
        ["ok", "clock"],
        ["ok", "redis"],
        ["ok", "websocket"],
    ]
    assert done.returncode == 0


def test_trimming_by_hand_tells_what_went(running: Running) -> None:
    done = lockstep("trim", DATA_DIR=running.settings["DATA_DIR"])
    assert done.stdout == "0 changes, 0 outcomes, 0 sessions, 0 audit\n"


def test_after_a_restore_every_board_begins_a_new_life(running: Running) -> None:
    done = lockstep("new-epoch", DATA_DIR=running.settings["DATA_DIR"])
    assert re.fullmatch(r"\d+ boards begin a new life\.\n", done.stdout)


def test_the_demo_is_seeded_once(running: Running) -> None:
    assert lockstep("demo", DATA_DIR=running.settings["DATA_DIR"]).stdout == "The demo is already there.\n"


def test_the_demo_stays_away_from_an_installation_that_others_reach() -> None:
    done = lockstep(
        "demo",
        DATABASE_URL="postgresql://localhost/lockstep",
        REDIS_URL="redis://localhost",
        SECRET_KEY=SECRET_KEY,
        PUBLIC_URL="https://lockstep.example.org",
    )
    assert done.returncode == 1
    assert done.stderr.startswith("PUBLIC_URL is not on this machine")


def test_a_second_run_on_the_same_data_is_told_so(running: Running) -> None:
    done = lockstep("up", DATA_DIR=running.settings["DATA_DIR"], PORT=str(free_ports(1)[0]))
    assert done.returncode == 1
    assert done.stderr.startswith("Another Lockstep is running with the data in ")


def test_a_port_in_use_is_told_before_anything_is_started(running: Running, tmp_path: Path) -> None:
    done = lockstep("up", DATA_DIR=str(tmp_path / "data"), PORT=running.settings["PORT"])
    assert done.returncode == 1
    assert done.stderr.startswith(f"PORT {running.settings['PORT']} on HOST 127.0.0.1 cannot be used")
    assert not (tmp_path / "data").exists()


def test_ctrl_c_stops_everything_and_the_next_run_keeps_the_data(tmp_path: Path) -> None:
    person = {"email": "cleo@example.org", "name": "Cleo", "password": "correct horse battery"}
    with up(tmp_path) as first:
        family = psutil.Process(first.process.pid).children(recursive=True)
        answer = httpx.post(f"{first.url}/api/accounts", json=person, headers={"origin": first.url})
        assert answer.status_code == 201, answer.text
        os.killpg(first.process.pid, signal.SIGINT)
        first.process.wait()
        assert first.process.returncode == 0
        assert not [process for process in family if process.is_running()]

    with up(tmp_path) as second:
        credentials = {name: person[name] for name in ("email", "password")}
        answer = httpx.post(f"{second.url}/api/session", json=credentials, headers={"origin": second.url})
        assert answer.status_code == 200, answer.text


def test_up_says_so_and_ends_when_a_node_ends_by_itself(tmp_path: Path) -> None:
    with up(tmp_path) as running:
        for process in psutil.Process(running.process.pid).children():
            if "serve" in process.cmdline():
                process.kill()
        assert running.process.wait() == 1


def test_a_database_without_redis_is_half_an_installation(tmp_path: Path) -> None:
    done = lockstep(
        "up", DATA_DIR=str(tmp_path), PORT=str(free_ports(1)[0]), DATABASE_URL="postgresql://ada@localhost/x"
    )
    assert (done.returncode, done.stderr) == (
        1,
        "DATABASE_URL and REDIS_URL go together: set both, or neither to have servers started.\n",
    )


def test_a_node_without_settings_names_them_all(tmp_path: Path) -> None:
    done = lockstep("serve", DATA_DIR=str(tmp_path))
    assert done.returncode == 1
    assert re.findall(r"^([A-Z_]+) is not set", done.stderr, re.MULTILINE) == [
        "DATABASE_URL",
        "REDIS_URL",
        "SECRET_KEY",
        "PUBLIC_URL",
    ]


def test_migrate_and_doctor_work_on_servers_that_were_given(
    servers: EmbeddedServers, redis_url: str, tmp_path: Path
) -> None:
    servers.postgres.create_database("released")
    installation = {
        "DATABASE_URL": servers.postgres.url("released"),
        "REDIS_URL": redis_url,
        "SECRET_KEY": SECRET_KEY,
        "PUBLIC_URL": "http://127.0.0.1:1",
        "DATA_DIR": str(tmp_path / "unused"),
    }

    before = lockstep("doctor", **installation)
    migrated = lockstep("migrate", **installation)
    after = lockstep("doctor", **installation)

    assert "failed  schema" in before.stdout
    assert "-> Run: lockstep migrate" in before.stdout
    assert migrated.returncode == 0, migrated.stderr
    assert "ok      schema" in after.stdout
    assert "failed  websocket" in after.stdout
    assert after.returncode == 1
    assert not (tmp_path / "unused").exists()
