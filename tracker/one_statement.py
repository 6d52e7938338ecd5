"""Many small SQL statements sent as one: on the write path a round trip costs more than what it carries."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg

_PARAMETER: Final = re.compile(r"\$(\d+)")

_TYPED_PARAMETER: Final = re.compile(r"\$\d+::\w+(?:\[\])?")
_IF_GOING: Final = r"(SELECT \g<0> FROM going)"

SHAPES_KEPT: Final = 512
"""Joined texts that are remembered, one for each combination of parts. Commands touch few tables, so few occur."""


class Part(NamedTuple):
    """One statement with its arguments; its parameters are `$1`, `$2` ... as if it stood alone."""

    sql: str
    arguments: tuple[Any, ...]


def array_of(values: Iterable[UUID | int]) -> str:
    """An array as PostgreSQL reads it, for a parameter `$1::text::uuid[]`. The driver would ask of an array four times
    what it is, which takes longer than all else that is done to it.
    """
    return f"{{{','.join(map(str, values))}}}"


async def read(connection: asyncpg.Connection, parts: Sequence[Part]) -> list[list[tuple[Any, ...]]]:
    """The rows of each query, all seen at one moment. A query selects one column, made by ROW(...)."""
    if not parts:
        return []
    queries, arguments = zip(*parts, strict=True)
    row = await connection.fetchrow(_reading(queries), *chain.from_iterable(arguments))
    return list(row or ())


async def write_if(connection: asyncpg.Connection, condition: Part, rows: int, parts: Sequence[Part]) -> bool:
    """Carry out all parts if the query `condition` has just so many rows, else none. Tells which it was.

    No two parts may change the same row, and none sees what another changed. Each takes all that it does from its
    parameters, which bear their type (`$1::json`): if the condition does not hold they are NULL, and nothing is done.
    """
    count = Part("SELECT $1::bigint", (rows,))
    statements, arguments = zip(condition, count, *parts, strict=True)
    return bool(await connection.fetchval(_writing(statements), *chain.from_iterable(arguments)))


@lru_cache(SHAPES_KEPT)
def _reading(queries: tuple[str, ...]) -> str:
    return f"SELECT {', '.join(f'ARRAY({query})' for query in _renumbered(queries))}"


@lru_cache(SHAPES_KEPT)
def _writing(statements: tuple[str, ...]) -> str:
    condition, count, *writes = _renumbered(statements)
    steps = (
        f"step_{place} AS ({_TYPED_PARAMETER.sub(_IF_GOING, statement)})" for place, statement in enumerate(writes)
    )
    held = f"condition AS MATERIALIZED ({condition})"
    going = f"going AS MATERIALIZED (SELECT WHERE (SELECT count(*) FROM condition) = ({count}))"  # noqa: S608 - constants of this program
    return f"WITH {', '.join([held, going, *steps])} SELECT EXISTS (SELECT FROM going)"  # noqa: S608 - as above


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
