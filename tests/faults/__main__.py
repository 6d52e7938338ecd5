"""`make faults`: every fault at length, with its figures as rows of docs/reliability.md."""

import asyncio
from typing import Annotated

import typer

from tests.faults.faults import FAULTS
from tests.faults.installation import installation
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
    "away at most",
    "all equal after",
    "snapshots anew",
    "promises broken",
)
SENTENCES_SHOWN = 20


def table_row(cells: tuple[object, ...]) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def cells_of(figures: Figures) -> tuple[object, ...]:
    """The figures in the order of the columns."""
    seconds = (figures.seen_p50, figures.seen_p99, figures.seen_max, figures.away_max, figures.equal_after)
    return (
        figures.fault.what,
        figures.strikes,
        figures.commands,
        figures.deliveries,
        *(f"{value * 1000:.0f} ms" for value in seconds),
        figures.resyncs,
        len(figures.broken),
    )


async def strike_all(names: list[str], size: Size, strikes: int, nodes: int, seed: int) -> int:
    """Run the faults of these names, or all; returns how many promises broke."""
    broken = 0
    typer.echo(f"{size}, {nodes} nodes, seed {seed}\n\n{table_row(COLUMNS)}\n{table_row(('---',) * len(COLUMNS))}")
    for fault in FAULTS:
        if not names or fault.name in names:
            async with installation(nodes, seed) as running:
                figures = await strike(fault, running, size, strikes)
            typer.echo(table_row(cells_of(figures)))
            for sentence in figures.broken[:SENTENCES_SHOWN]:
                typer.echo(f"    {sentence}", err=True)
            broken += len(figures.broken)
    return broken


def main(  # noqa: PLR0917 - the command line's options
    faults: Annotated[
        list[str] | None, typer.Argument(help=f"{', '.join(f.name for f in FAULTS)}; all if none")
    ] = None,
    strikes: int = 10,
    devices: int = 60,
    boards: int = 6,
    rate: Annotated[float, typer.Option(help="commands of each device per second")] = 1.0,
    nodes: int = 3,
    seed: int = 1,
) -> None:
    """Strike an installation under load, and hold what the devices heard against the promises."""
    size = Size(devices, boards, rate)
    raise typer.Exit(min(1, asyncio.run(strike_all(faults or [], size, strikes, nodes, seed))))


typer.run(main)
