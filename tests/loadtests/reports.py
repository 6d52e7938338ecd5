"""Reports of the load generator, for tests of what is made of them."""

from dataclasses import replace
from typing import Any

from loadtests.tool import NOTHING, Report

_QUIET = Report(
    live=1_000,
    failed=0,
    connect_seconds=1.0,
    connect_cpu_seconds=(1.0,),
    resident_before=0.0,
    resident_after=0.0,
    seconds=1.0,
    cpu_seconds=(0.25,),
    sent=100,
    acknowledged=0,
    acknowledged_at_last=0,
    refused=0,
    deliveries=100_000,
    missing=0,
    bytes=20_000_000,
    heard=NOTHING,
    answered=NOTHING,
)


def a_report(**changes: Any) -> Report:
    """One of 1,000 sockets that got 100 messages in a second, but for `changes`."""
    return replace(_QUIET, **changes)
