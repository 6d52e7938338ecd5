import os
import stat
import subprocess
from pathlib import Path

import pytest

from lockstep.embedded import account
from lockstep.embedded.account import Account, server_account
from lockstep.embedded.failure import EmbeddedServerError

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may act for another account")
STRANGER = Account(uid=54321, gid=54321)
NEIGHBOUR = Account(uid=54322, gid=54322)


def may_read(reader: Account, file: Path) -> bool:
    done = subprocess.run(
        ["cat", file], user=reader.uid, group=reader.gid, extra_groups=[], capture_output=True, check=False
    )
    return done.returncode == 0


@pytest.fixture
def hidden_file(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    (home / "inner").mkdir(parents=True)
    home.chmod(0o700)
    file = home / "inner" / "file"
    file.write_text("here")
    file.chmod(0o644)
    return file


@as_root
def test_the_way_to_a_hidden_file_is_opened_for_one_account_alone(hidden_file: Path) -> None:
    assert not may_read(STRANGER, hidden_file)

    STRANGER.open_way_to(hidden_file)
    STRANGER.open_way_to(hidden_file)

    assert may_read(STRANGER, hidden_file)
    assert not may_read(NEIGHBOUR, hidden_file)


@as_root
def test_the_account_may_walk_through_a_folder_but_not_list_it(hidden_file: Path) -> None:
    STRANGER.open_way_to(hidden_file)
    listing = subprocess.run(
        ["ls", hidden_file.parents[1]], user=STRANGER.uid, extra_groups=[], capture_output=True, check=False
    )
    assert listing.returncode != 0


@as_root
def test_a_folder_can_be_opened_for_a_second_account(hidden_file: Path) -> None:
    STRANGER.open_way_to(hidden_file)
    NEIGHBOUR.open_way_to(hidden_file)
    assert may_read(STRANGER, hidden_file)
    assert may_read(NEIGHBOUR, hidden_file)


@as_root
def test_a_file_system_without_access_lists_is_said_so(hidden_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(account, "allow_entry", refuse)
    with pytest.raises(EmbeddedServerError, match=r"may not enter /.* \(Operation not supported\)\. .*chmod o\+x"):
        STRANGER.open_way_to(hidden_file)


@as_root
def test_root_hands_the_servers_to_an_account_without_rights() -> None:
    assert server_account().uid != 0


@as_root
def test_without_useradd_the_operator_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(account, "ACCOUNT_NAME", "lockstep-nowhere")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EmbeddedServerError, match=r"useradd is not installed.*DATABASE_URL"):
        server_account()


def test_an_owned_directory_is_closed_to_everybody_else(tmp_path: Path) -> None:
    owner = server_account()
    owner.own(tmp_path / "mine")
    status = (tmp_path / "mine").stat()
    assert (status.st_uid, stat.S_IMODE(status.st_mode)) == (owner.uid, 0o700)
