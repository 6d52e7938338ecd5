"""The browser's part, measured by the client's own program in a real browser with a throttled processor."""

from __future__ import annotations

import asyncio
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

from loadtests.figures import Figure

CLIENT: Final = Path(__file__).resolve().parents[2] / "client"
SCRIPT: Final = "measure-browser"
LONGEST_SECONDS: Final = 600


class NotMeasuredError(RuntimeError):
    """The client's program is not here, or did not come to its end."""


async def measure() -> tuple[Figure, ...]:
    """Run it and read its figures. Raises `NotMeasuredError`."""
    return await asyncio.to_thread(_measure)


def _measure() -> tuple[Figure, ...]:
    if SCRIPT not in json.loads((CLIENT / "package.json").read_text())["scripts"]:
        raise NotMeasuredError(f"client/package.json has no script {SCRIPT}")
    with tempfile.TemporaryDirectory(prefix="lockstep-bench-") as directory:
        file = Path(directory, "figures.json")
        command = ["npm", "run", "--silent", SCRIPT, "--", "--json", str(file)]
        try:
            done = subprocess.run(
                command, cwd=CLIENT, timeout=LONGEST_SECONDS, capture_output=True, text=True, check=False
            )
        except subprocess.TimeoutExpired:
            raise NotMeasuredError(f"it did not end within {LONGEST_SECONDS} seconds") from None
        # A figure that misses its target is one all the same.
        if not file.exists():
            raise NotMeasuredError((done.stderr or done.stdout)[-500:])
        return figures_of(json.loads(file.read_text()))


def figures_of(found: Any) -> tuple[Figure, ...]:
    """The figures of the client's program: {figures: [{name, value, unit, target: {at_most or at_least}}]}."""
    return tuple(Figure(one["name"], float(one["value"]), one["unit"], **one["target"]) for one in found["figures"])
