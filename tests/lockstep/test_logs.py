import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from lockstep.logs import LogFormat, LogLevel, configure_logs


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.handlers, root.level)
    yield
    root.handlers, root.level = before
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_is_one_json_object_that_says_what_when_where_and_how_bad(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json", "info")
    structlog.get_logger("realtime.node").info("node_started", port=8000)
    (line,) = lines(capsys)
    assert line.pop("timestamp")
    assert line == {"event": "node_started", "port": 8000, "level": "info", "logger": "realtime.node"}


def test_what_libraries_log_has_the_same_shape(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json", "info")
    logging.getLogger("asyncio").warning("task %s was slow", "door", extra={"seconds": 2})
    (line,) = lines(capsys)
    assert (line["event"], line["level"], line["seconds"]) == ("task door was slow", "warning", 2)


def test_every_line_of_a_request_carries_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json", "info")
    with structlog.contextvars.bound_contextvars(request_id="4f2a"):
        structlog.get_logger().info("ours")
        logging.getLogger("library").warning("theirs")
    structlog.get_logger().info("after")
    assert [line.get("request_id") for line in lines(capsys)] == ["4f2a", "4f2a", None]


def test_nobody_can_forge_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json", "info")
    structlog.get_logger().info("signed_in", name='Ada\n{"event": "forged"}\r\x1b[31m')
    assert [line["event"] for line in lines(capsys)] == ["signed_in"]


def fail(password: str) -> None:
    raise ValueError("no such board")


def test_an_exception_is_part_of_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json", "info")
    try:
        fail("correct horse")
    except ValueError:
        structlog.get_logger().exception("failed")
    (line,) = lines(capsys)
    assert "no such board" in json.dumps(line["exception"])


@pytest.mark.parametrize("form", ["json", "console"])
def test_an_exception_does_not_show_what_the_variables_held(
    capsys: pytest.CaptureFixture[str], form: LogFormat
) -> None:
    configure_logs(form, "info")
    secret = "correct horse"
    try:
        fail(secret)
    except ValueError:
        structlog.get_logger().exception("failed")
    assert secret not in capsys.readouterr().out


@pytest.mark.parametrize(("level", "shown"), [("info", ["info", "error"]), ("error", ["error"])])
def test_the_level_decides_what_is_written(
    capsys: pytest.CaptureFixture[str], level: LogLevel, shown: list[str]
) -> None:
    configure_logs("json", level)
    log = structlog.get_logger()
    log.debug("debug")
    log.info("info")
    log.error("error")
    assert [line["event"] for line in lines(capsys)] == shown


def test_people_get_a_readable_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("console", "info")
    structlog.get_logger().info("node_started", port=8000)
    assert "node_started" in capsys.readouterr().out
