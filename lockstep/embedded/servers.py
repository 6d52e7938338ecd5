"""Both embedded servers together, for as long as somebody needs them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from lockstep.embedded.account import server_account
from lockstep.embedded.data_dir import DataDir
from lockstep.embedded.postgres import EmbeddedPostgres
from lockstep.embedded.valkey import EmbeddedValkey


@dataclass(frozen=True, slots=True)
class EmbeddedServers:
    """The running servers."""

    postgres: EmbeddedPostgres
    valkey: EmbeddedValkey


@contextmanager
def embedded_servers(data_dir: DataDir) -> Iterator[EmbeddedServers]:
    """Run PostgreSQL and Valkey on `data_dir`. Raises `EmbeddedServerError` when they cannot run here."""
    account = server_account()
    with ExitStack() as stack:
        stack.enter_context(data_dir.lock())
        run_directory = stack.enter_context(data_dir.run_directory(account))
        account.open_way_to(data_dir.path / "postgres")
        postgres = EmbeddedPostgres(data_dir.path / "postgres", run_directory, account)
        valkey = EmbeddedValkey(data_dir.path / "valkey", run_directory, account)
        for server in (valkey, postgres):
            stack.callback(server.stop)
            server.start()
        yield EmbeddedServers(postgres, valkey)
