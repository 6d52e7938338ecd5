"""docs/protocol.md is held by tests: every rule has one, and its tables of states are those of the code."""

import re
from pathlib import Path
from typing import get_args

from realtime.arrival import ArrivalState
from realtime.session import Session
from realtime.watch import Phase

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/protocol.md").read_text()
RULES = re.findall(r"^\| (R-\d+) \| \S", PAGE, re.MULTILINE)

RULE_OF_PYTHON = re.compile(r"@pytest\.mark\.rule\(([^)]*)\)")
TITLE_OF_CLIENT = re.compile(r"""\b(?:it|test|describe)\(\s*(["'`])(.*?)\1""")
CLIENT_TESTS = ("client/src/**/*.test.ts", "client/src/**/*.test.tsx", "client/e2e/**/*.spec.ts")


def rules_with_a_test() -> set[str]:
    """The numbers that tests carry."""
    python = (
        marks for path in (ROOT / "tests").rglob("test_*.py") for marks in RULE_OF_PYTHON.findall(path.read_text())
    )
    titles = (
        title
        for pattern in CLIENT_TESTS
        for path in ROOT.glob(pattern)
        for _, title in TITLE_OF_CLIENT.findall(path.read_text())
    )
    return {rule for text in (*python, *titles) for rule in re.findall(r"R-\d+", text)}


def first_column(heading: str) -> set[str]:
    """The states that the first table after these words has rows for."""
    table = PAGE.split(heading, 1)[1].split("\n\n", 2)[1]
    return set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))


def test_rules_are_numbered_one_after_the_other() -> None:
    assert [f"R-{number}" for number in range(1, len(RULES) + 1)] == RULES


def test_every_rule_has_a_test() -> None:
    assert set(RULES) - rules_with_a_test() == set()


def test_no_test_is_of_a_rule_that_is_not_there() -> None:
    assert rules_with_a_test() - set(RULES) == set()


def test_the_states_of_a_socket_are_those_of_the_code() -> None:
    states = {state.__name__ for state in (*get_args(ArrivalState), Session)}
    assert first_column("### States of a socket on the server") == states


def test_the_phases_of_a_watch_are_those_of_the_code() -> None:
    assert first_column("A watch of a session, one per board:") == {phase.name for phase in Phase}


def test_the_states_of_the_clients_connection_are_those_of_the_code() -> None:
    source = (ROOT / "client/src/sync/state.ts").read_text()
    union = source.split("export type ConnectionState =", 1)[1].split(";\n\n", 1)[0]
    assert first_column("### States of the client's connection") == set(re.findall(r'kind: "(\w+)"', union))
