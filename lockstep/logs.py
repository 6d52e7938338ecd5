"""Log lines: one event, one line, on standard output; JSON for collectors, colours for people."""

from __future__ import annotations

import logging
import sys
from typing import Final, Literal

import structlog
from structlog.typing import Processor

LogFormat = Literal["json", "console"]
LogLevel = Literal["debug", "info", "warning", "error"]

# What they report of a normal start and stop, the program reports itself.
QUIET_LOGGERS: Final = ("alembic", "uvicorn")

_WHERE_AND_WHEN: Final[list[Processor]] = [
    # Where a request or a connection begins, its id is bound to the context; every line that follows carries it.
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure_logs(form: LogFormat, level: LogLevel) -> None:
    """Send what the program and its libraries log to standard output, from `level` up."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_WHERE_AND_WHEN,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=_WHERE_AND_WHEN, processors=_last_steps(form))
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)


def _last_steps(form: LogFormat) -> list[Processor]:
    clean = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if form == "console":
        return [
            clean,
            structlog.dev.ConsoleRenderer(
                colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    # No local variables: they hold the passwords and tokens that a request came with.
    without_locals = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    # The renderer escapes line breaks and control characters, so nobody can forge a line.
    return [clean, structlog.processors.ExceptionRenderer(without_locals), structlog.processors.JSONRenderer()]
