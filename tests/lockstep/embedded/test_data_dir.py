import stat
from pathlib import Path

from lockstep.embedded.data_dir import DataDir


def test_the_secret_key_is_made_once_and_is_its_owner_s_alone(tmp_path: Path) -> None:
    first = DataDir(tmp_path / "data").secret_key()
    second = DataDir(tmp_path / "data").secret_key()

    assert first == second
    assert len(first.get_secret_value()) >= 32
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600


def test_two_installations_have_different_keys(tmp_path: Path) -> None:
    assert DataDir(tmp_path / "a").secret_key() != DataDir(tmp_path / "b").secret_key()
