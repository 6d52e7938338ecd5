"""`make faults`: every fault at length, with its figures as rows of docs/reliability.md."""

import math
from dataclasses import dataclass
from typing import Annotated

import typer
import uvloop

from tests.faults.fault import Fault
from tests.faults.faults import FAULTS
from tests.faults.gateway import GatewayKind, what_is_missing
from tests.faults.installation import Setup, installation
from tests.faults.load import Size
from tests.faults.run import Figures, strike

COLUMNS = (
    "fault",
    "strikes",
    "commands",
    "deliveries",
    "seen: median",
    "p99",
    "longest",
    "answer at most",
    "sent again",
    "away: p99",
    "longest",
    "sockets lost",
    "working again",
    "all equal after",
    "snapshots anew",
    "limits missed",
    "promises broken",
)
SENTENCES_SHOWN = 20


@dataclass(frozen=True)
class Often:
    """So many strikes of each fault, none after so long."""

    strikes: int
    seconds: float


def table_row(cells: tuple[object, ...]) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def cells_of(figures: Figures) -> tuple[object, ...]:
    """The figures in the order of the columns."""
    return (
        figures.fault.what,
        figures.strikes,
        figures.commands,
        figures.deliveries,
        *map(_in_words, (figures.seen_p50, figures.seen_p99, figures.seen_max, figures.answered_max)),
        figures.sent_again,
        *map(_in_words, (figures.away_p99, figures.away_max)),
        figures.sockets_lost,
        _in_words(figures.recovered_max),
        _in_words(figures.equal_after),
        figures.resyncs,
        len(figures.late),
        len(figures.broken),
    )


def _in_words(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


async def strike_all(faults: list[Fault], size: Size, often: Often, base: Setup, seed: int) -> int:
    """Strike these faults one after the other; returns how many promises and limits did not hold."""
    bad = 0
    typer.echo(f"{size}, {base.nodes} nodes, seed {seed}\n\n{table_row(COLUMNS)}\n{table_row(('---',) * len(COLUMNS))}")
    for fault in faults:
        if missing := fault.needs():
            typer.echo(f"{fault.name} was not struck. It needs {missing}.", err=True)
            continue
        setup = Setup(base.nodes, fault.gateway or base.gateway, fault.disk_mebibytes, fault.drain_seconds)
        async with installation(setup, seed) as running:
            figures = await strike(fault, running, size, often.strikes, often.seconds)
        typer.echo(table_row(cells_of(figures)))
        for note in figures.notes:
            typer.echo(f"    {note}")
        sentences = [*figures.late, *figures.broken]
        for sentence in sentences[:SENTENCES_SHOWN]:
            typer.echo(f"    {sentence}", err=True)
        bad += len(sentences)
    return bad


def _listing() -> str:
    return "\n\n".join(f"**{fault.name}**: {fault.what}." for fault in FAULTS)


def _chosen(names: list[str]) -> list[Fault]:
    by_name = {fault.name: fault for fault in FAULTS}
    if unknown := set(names) - by_name.keys():
        raise typer.BadParameter(f"There is no {', '.join(sorted(unknown))}; there are {', '.join(by_name)}.")
    return [by_name[name] for name in names] if names else list(FAULTS)


app = typer.Typer(rich_markup_mode="markdown", add_completion=False, pretty_exceptions_enable=False)


@app.command(
    help="Strike an installation of its own under load, hold what its devices heard against the promises, and print"
    " the figures as a table. Ends with 1 when a promise or a limit did not hold.\n\nThe faults:\n\n" + _listing()
)
def main(  # noqa: PLR0917 - the command line's options
    faults: Annotated[list[str] | None, typer.Argument(help="Names of faults; all if none.")] = None,
    strikes: Annotated[int, typer.Option(help="How often each fault is struck.")] = 10,
    seconds: Annotated[float, typer.Option(help="After so long no fault is struck again.")] = math.inf,
    devices: Annotated[int, typer.Option(help="Sockets, each of a person of its own.")] = 60,
    boards: Annotated[int, typer.Option(help="Boards over which the devices are spread.")] = 6,
    rate: Annotated[float, typer.Option(help="Commands of each device per second.")] = 1.0,
    nodes: Annotated[int, typer.Option(help="Lockstep's own processes.")] = 3,
    seed: Annotated[int, typer.Option(help="The same one chooses the same nodes and commands again.")] = 1,
    gateway: Annotated[
        GatewayKind | None,
        typer.Option(help="nginx or caddy, with the file of deploy/; without one, devices choose a node."),
    ] = None,
) -> None:
    """See `help` above."""
    if gateway is not None and (missing := what_is_missing(gateway)):
        raise typer.BadParameter(f"It needs {missing}.")
    size = Size(devices, boards, rate)
    raise typer.Exit(
        min(
            1, uvloop.run(strike_all(_chosen(faults or []), size, Often(strikes, seconds), Setup(nodes, gateway), seed))
        )
    )


app()
