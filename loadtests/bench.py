"""`make bench`: the whole table against a fresh system and its peers; `make bench-quick`: its most telling part."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from loadtests import peer_servers
from loadtests.figures import Curve, FanOut, Figure, Result
from loadtests.machine import describe, watched_company
from loadtests.measurements import fan_out
from loadtests.page import number, publish
from loadtests.peer_servers import PEERS, Peer, PeerError
from loadtests.record import FASTEST, Record, load
from loadtests.system import NotStartedError, clean_up_when_told_to_end, running_system
from loadtests.table import FAN_OUT, TABLE, Row
from loadtests.tool import ToolError, build

ROOT: Final = Path(__file__).resolve().parent.parent
JSON_FILE: Final = ROOT / "docs" / "performance.json"
QUICK_JSON_FILE: Final = ROOT / ".make" / "bench-quick.json"
QUICK_PEERS: Final = (FASTEST, "picows")
SECONDS: Final = 6
TURNS: Final = 5
"""How often ours and the fastest peer are measured, one after the other; the middle one of the turns counts."""

SHORT_SECONDS: Final = 3
"""Of a turn, and of what has to be quick. The shorter two turns are, the less the machine moves between them."""

NOTICED_CORES: Final = 0.1
"""So much company of other programs is worth a word beside the figures."""

BROKEN: Final = (ToolError, PeerError, NotStartedError, RuntimeError, OSError, TimeoutError)
"""What ends one measurement and leaves the others alone."""


def main(
    only: Annotated[
        list[str] | None, typer.Argument(help=f"{FAN_OUT}, {', '.join(row.name for row in TABLE)}; all if none")
    ] = None,
    *,
    quick: Annotated[bool, typer.Option(help="Under two minutes: fewer peers, shorter, no crowds.")] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Where the figures go; what is there and not measured again stays.")
    ] = None,
    page: Annotated[bool, typer.Option(help="Write the tables and charts into docs/, too.")] = False,
) -> None:
    """Measure Lockstep and its peers on this machine."""
    if unknown := set(only or ()) - {FAN_OUT, *(row.name for row in TABLE)}:
        raise typer.BadParameter(f"there is no measurement {', '.join(sorted(unknown))}")
    clean_up_when_told_to_end()
    build()
    file = json_file or (QUICK_JSON_FILE if quick else JSON_FILE)
    machine = describe()
    record = replace((load(file) if only else None) or Record(machine), machine=machine)
    typer.echo(f"{machine['processor']}, {machine['cores']} cores, commit {machine['commit']}")
    if not only or FAN_OUT in only:
        record = replace(record, fan_out=tuple(_fan_out(quick, machine["commit"])))
        record.save(file)
        _say(record.against_the_fastest())
    for row in TABLE:
        if row.name in only if only else row.is_quick or not quick:
            record = record.with_result(_measure(row, quick, machine["commit"]))
            record.save(file)
    typer.echo(f"\nThe figures are in {file}.")
    if page:
        publish(record)
        typer.echo("docs/performance.md and its charts are written.")


def _fan_out(is_quick: bool, commit: str) -> Iterator[FanOut]:
    """Ours first, then its peers. Ours and the fastest take turns: a machine's speed changes from minute to minute."""
    typer.echo(f"\nFan-out: {fan_out.SOCKETS:,} sockets; a second and CPU per delivery, {fan_out.WINDOWS} in the air")
    ours, fastest, *others = (None, *sorted(PEERS, key=lambda peer: peer.name != FASTEST))
    turns = 1 if is_quick else TURNS
    found = [[_fan_out_of(server, SHORT_SECONDS, commit) for server in (ours, fastest)] for _ in range(turns)]
    yield from (fan_out.middle(of_server) for of_server in zip(*found, strict=True))
    for peer in others:
        if not is_quick or peer.name in QUICK_PEERS:
            yield _fan_out_of(peer, SHORT_SECONDS if is_quick else SECONDS, commit)


def _fan_out_of(peer: Peer | None, seconds: float, commit: str) -> FanOut:
    """Of this peer, or of ours."""
    found = FanOut(peer.name if peer else fan_out.OURS, peer.behind if peer else fan_out.BEHIND)
    found = replace(found, at=_now(), commit=commit)
    with watched_company() as company:
        try:
            by_window = peer_servers.measure(peer, seconds) if peer else _ours(seconds)
        except BROKEN as error:
            found = replace(found, left_out=_reason(error))
        else:
            found = fan_out.collected(found, by_window)
    found = replace(found, others=company.cores)
    _say_fan_out(found)
    return found


def _ours(seconds: float) -> fan_out.Reports:
    with running_system() as system:
        return asyncio.run(fan_out.measure(system, seconds))


def _say_fan_out(server: FanOut) -> None:
    figures = (
        f"{server.deliveries_per_second[window]:>11,.0f}/s {server.microseconds_per_delivery[window]:6.2f} us"
        for window in server.deliveries_per_second
    )
    late = f"  {server.missing:,} not there 5 s after the end" if server.missing else ""
    typer.echo(f"  {server.server:<22}{server.left_out or '  '.join(figures)}{late}{_company(server.others)}")


def _measure(row: Row, is_quick: bool, commit: str) -> Result:
    typer.echo(f"\n{row.title}: {row.how}")
    result = Result(row.name, row.title, row.how, at=_now(), commit=commit)
    with watched_company() as company:
        try:
            found = _found(row, is_quick)
        except BROKEN as error:
            typer.echo(f"  not measured: {_reason(error)}")
            return replace(result, left_out=_reason(error))
    if company_words := _company(company.cores):
        typer.echo(company_words)
    figures = tuple(one for one in found if isinstance(one, Figure))
    curves = tuple(one for one in found if isinstance(one, Curve))
    _say(figures)
    for curve in curves:
        points = ", ".join(f"{number(size)}: {number(value)}" for size, value in curve.points)
        typer.echo(f"  {curve.what}: {points} {curve.unit}")
    return replace(result, figures=figures, curves=curves, others=company.cores)


def _say(figures: Sequence[Figure]) -> None:
    for figure in figures:
        typer.echo(f"  {figure.what:<64}{number(figure.value):>10} {figure.unit:<12}{_verdict(figure)}")


def _found(row: Row, is_quick: bool) -> Sequence[Figure | Curve]:
    with running_system(row.nodes) as system:
        return asyncio.run(row.run(system, is_quick))


def _verdict(figure: Figure) -> str:
    if figure.is_reached is None:
        return ""
    bound = f"at most {figure.at_most:,g}" if figure.at_most is not None else f"at least {figure.at_least:,g}"
    return f"{'ok' if figure.is_reached else 'MISSED'}, {bound}"


def _company(cores: float) -> str:
    return f"  (others used {cores:.2f} cores)" if cores >= NOTICED_CORES else ""


def _reason(error: BaseException) -> str:
    return f"{error}" or type(error).__name__


def _now() -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.gmtime())


if __name__ == "__main__":
    typer.run(main)
