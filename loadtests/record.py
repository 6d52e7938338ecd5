"""What runs have found, as it is kept in a JSON file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from loadtests.figures import Curve, FanOut, Figure, Result, ratio

FASTEST: Final = "socketify"


@dataclass(frozen=True, slots=True)
class Record:
    """The machine, the fan-out of all servers (ours first), and the results of all measurements."""

    machine: dict[str, str]
    fan_out: tuple[FanOut, ...] = ()
    results: tuple[Result, ...] = ()

    def with_result(self, result: Result) -> Record:
        """With this one in place of the older of the same name, or behind the others."""
        names = [each.name for each in self.results]
        if result.name not in names:
            return replace(self, results=(*self.results, result))
        place = names.index(result.name)
        return replace(self, results=(*self.results[:place], result, *self.results[place + 1 :]))

    def ratios(self) -> dict[str, dict[str, dict[int, float | None]]]:
        """How many times a peer's ours is, by peer and by messages in the air."""
        if not self.fan_out:
            return {}
        ours, *peers = self.fan_out
        return {
            peer.server: {
                "deliveries_per_second": _ratios(ours.deliveries_per_second, peer.deliveries_per_second),
                "microseconds_per_delivery": _ratios(ours.microseconds_per_delivery, peer.microseconds_per_delivery),
                "task_clock_microseconds": _ratios(ours.task_clock_microseconds, peer.task_clock_microseconds),
            }
            for peer in peers
        }

    def against_the_fastest(self) -> tuple[Figure, ...]:
        """The targets of fan-out: how many times the fastest peer's ours is, in the same run."""
        found = self.ratios().get(FASTEST, {})
        return (
            *(
                Figure(f"CPU per delivery, {window} in the air, times that of {FASTEST}", value, "", at_most=1)
                for window, value in found.get("microseconds_per_delivery", {}).items()
                if value is not None
            ),
            *(
                Figure(f"the same by the task clock, {window} in the air", value, "", at_most=1)
                for window, value in found.get("task_clock_microseconds", {}).items()
                if value is not None
            ),
            *(
                Figure(f"deliveries a second, {window} in the air, times those of {FASTEST}", value, "", at_least=0.6)
                for window, value in found.get("deliveries_per_second", {}).items()
                if value is not None
            ),
        )

    def save(self, file: Path) -> None:
        """Write it, with the ratios."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({**asdict(self), "ratios": self.ratios()}, indent=1) + "\n")


def _ratios(ours: dict[int, float], theirs: dict[int, float]) -> dict[int, float | None]:
    return {window: ratio(ours[window], theirs[window]) for window in ours if window in theirs}


def load(file: Path) -> Record | None:
    """What an earlier run has left; None if there is nothing."""
    if not file.exists():
        return None
    found: dict[str, Any] = json.loads(file.read_text())
    return Record(
        machine=found["machine"],
        fan_out=tuple(_fan_out(one) for one in found["fan_out"]),
        results=tuple(_result(one) for one in found["results"]),
    )


def _fan_out(found: dict[str, Any]) -> FanOut:
    by_window = (
        "deliveries_per_second",
        "microseconds_per_delivery",
        "task_clock_microseconds",
        "bytes_per_delivery",
    )
    numbers = {name: {int(window): value for window, value in found.get(name, {}).items()} for name in by_window}
    return FanOut(**{**found, **numbers})


def _result(found: dict[str, Any]) -> Result:
    figures = tuple(Figure(**one) for one in found["figures"])
    curves = tuple(_curve(one) for one in found["curves"])
    return Result(**{**found, "figures": figures, "curves": curves})


def _curve(found: dict[str, Any]) -> Curve:
    return Curve(found["what"], found["unit"], tuple((size, value) for size, value in found["points"]))
