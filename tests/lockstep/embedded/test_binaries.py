import pytest

from lockstep.embedded.binaries import postgres_program, valkey_program
from lockstep.embedded.failure import EmbeddedServerError


def test_the_wheels_bring_the_servers() -> None:
    assert postgres_program("postgres").is_file()
    assert valkey_program().is_file()


def test_a_program_that_the_wheel_does_not_bring_is_named() -> None:
    with pytest.raises(EmbeddedServerError, match="brings no oracle for this machine"):
        postgres_program("oracle")
