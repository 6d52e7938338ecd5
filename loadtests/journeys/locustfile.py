"""The journeys. `python -m loadtests.load` runs them against a fresh system; see loadtests/README.md."""

from __future__ import annotations

import random
import time
from typing import Final

from locust import between, task

from loadtests.journeys.person import Person

CUT_SECONDS: Final = 20
"""In a storm, how long after all were cut they are cut again."""


class MorningRush(Person):
    """Everybody opens the application within half a minute, ticks off what is done and plans the day."""

    wait_time = between(3, 9)

    @task(5)
    def tick(self) -> None:
        """Complete a task."""
        self.ask("task.complete")

    @task(2)
    def change_ones_mind(self) -> None:
        """Reopen one."""
        self.ask("task.reopen")

    @task(3)
    def rename(self) -> None:
        """Give one a clearer title."""
        self.ask("task.edit", title=f"Call the bakery, {random.randrange(10**6)}")

    @task(1)
    def open_again(self) -> None:
        """Look at all boards afresh, as after a reload."""
        self.lose_connection()
        self.hydrate()
        self.connect()


class QuietDay(Person):
    """Dashboards on the wall and tabs in the background; now and then somebody does something."""

    wait_time = between(20, 60)

    @task(3)
    def tick(self) -> None:
        """Complete a task."""
        self.ask("task.complete")

    @task(2)
    def look_at_a_task(self) -> None:
        """The others see where I am."""
        self.look_here()


class ReconnectStorm(Person):
    """All lose their connection at the same moment, again and again, and work in between."""

    def on_start(self) -> None:
        super().on_start()
        self.storm = self._storm()

    @task
    def work(self) -> None:
        """Come back if the storm has struck since; else do something."""
        if (storm := self._storm()) != self.storm:
            self.storm = storm
            self.lose_connection()
            self.connect()
        else:
            self.ask("task.edit", title=f"After the storm, {random.randrange(10**6)}")

    def wait_time(self) -> float:
        """Until the next thing to do, but not beyond the next storm, which strikes everybody at one moment."""
        return min(random.uniform(2, 6), CUT_SECONDS - time.time() % CUT_SECONDS)

    @staticmethod
    def _storm() -> int:
        return int(time.time() // CUT_SECONDS)
