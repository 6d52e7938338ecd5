"""Many small SQL statements sent as one: on the write path a round trip costs more than what it carries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final

import asyncpg

_PARAMETER: Final = re.compile(r"\$(\d+)")

SHAPES_KEPT: Final = 512
"""Joined texts that are remembered, one for each combination of parts. Commands touch few tables, so few occur."""


@dataclass(frozen=True, slots=True)
class Part:
    """One statement with its arguments; its parameters are `$1`, `$2` ... as if it stood alone."""

    sql: str
    arguments: tuple[Any, ...]


async def read(connection: asyncpg.Connection, parts: Sequence[Part]) -> list[list[tuple[Any, ...]]]:
    """The rows of each query, all seen at one moment. A query selects one column, made by ROW(...)."""
    if not parts:
        return []
    row = await connection.fetchrow(_reading(tuple(part.sql for part in parts)), *_arguments(parts))
    return list(row or ())


async def write(connection: asyncpg.Connection, parts: Sequence[Part]) -> None:
    """Carry out all parts. No two may change the same row, and none sees what another changed."""
    if parts:
        await connection.fetchrow(_writing(tuple(part.sql for part in parts)), *_arguments(parts))


def _arguments(parts: Sequence[Part]) -> list[Any]:
    return [argument for part in parts for argument in part.arguments]


@lru_cache(SHAPES_KEPT)
def _reading(queries: tuple[str, ...]) -> str:
    return f"SELECT {', '.join(f'ARRAY({query})' for query in _renumbered(queries))}"


@lru_cache(SHAPES_KEPT)
def _writing(statements: tuple[str, ...]) -> str:
    steps = (f"step_{place} AS ({statement})" for place, statement in enumerate(_renumbered(statements)))
    return f"WITH {', '.join(steps)} SELECT"


def _renumbered(statements: Sequence[str]) -> list[str]:
    renumbered: list[str] = []
    taken = 0
    for statement in statements:
        numbers = [int(number) for number in _PARAMETER.findall(statement)]
        renumbered.append(_PARAMETER.sub(partial(_shifted, by=taken), statement))
        taken += max(numbers, default=0)
    return renumbered


def _shifted(parameter: re.Match[str], by: int) -> str:
    return f"${int(parameter[1]) + by}"
