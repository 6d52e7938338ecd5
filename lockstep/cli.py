"""The command line."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType
from typing import Annotated, Final, TypeVar

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from lockstep import doctor as examination
from lockstep.demo.content import PEOPLE
from lockstep.demo.seed import PASSWORD
from lockstep.embedded.data_dir import DataDir
from lockstep.embedded.failure import EmbeddedServerError
from lockstep.embedded_form import EmbeddedForm, embedded_form, is_private, seed
from lockstep.logs import configure_logs
from lockstep.migrations import migrate as run_migrations
from lockstep.node_process import NodeFailedError
from lockstep.settings import EmbeddedSettings, Settings, SettingsError, read_settings
from lockstep.supervisor import supervise
from lockstep.upkeep import trim as trim_all
from tracker.database import create_engine
from tracker.epoch import begin_new_epoch

WATCH_SECONDS: Final = 0.2

T = TypeVar("T")

app = typer.Typer(
    help="A live tracker of daily tasks and shared goals. Settings come from the environment, see .env.example.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def serve(
    nodes: Annotated[
        int,
        typer.Option(min=1, max=64, help="How many behind PORT; for monitors each also on a port after it."),
    ] = 1,
    own_port: Annotated[int | None, typer.Option(hidden=True, help="Share PORT, and listen here alone.")] = None,
) -> None:
    """Run one node, or several behind one port, against DATABASE_URL and REDIS_URL until SIGTERM or Ctrl-C."""
    with _explained():
        settings = read_settings(Settings)
        configure_logs(settings.log_format, settings.log_level)
        if nodes > 1:
            with _until_stopped():
                supervise(settings, nodes)
        else:
            from lockstep.server import run_node  # noqa: PLC0415 - without it the rest starts in half the time

            run_node(settings, own_port)


@app.command()
def up(
    nodes: Annotated[int, typer.Option(min=1, max=16, help="How many, on PORT and the ports after it.")] = 1,
) -> None:
    """Run everything with nothing else installed: servers, migrations, a demo the first time, and nodes."""
    with _explained(), _until_stopped():
        settings = read_settings(EmbeddedSettings)
        configure_logs(settings.log_format, settings.log_level)
        with embedded_form(settings, nodes) as form:
            typer.echo(_welcome(form))
            while not any(node.has_ended for node in form.nodes):
                time.sleep(WATCH_SECONDS)
            raise NodeFailedError("A node ended by itself; its last log lines say why.")


@app.command()
def migrate() -> None:
    """Bring the database at DATABASE_URL to the schema of this program."""
    with _explained():
        settings = _installation()
        configure_logs(settings.log_format, settings.log_level)
        run_migrations(settings.database_url)


@app.command()
def demo() -> None:
    """Fill the database with two people, a shared board and some weeks of goals. Their password is known."""
    with _explained():
        settings = _installation()
        if not is_private(settings):
            raise SettingsError("PUBLIC_URL is not on this machine, and everybody knows the demo's passwords.")
        is_new = asyncio.run(seed(settings))
        typer.echo(_sign_ins() if is_new else "The demo is already there.")


@app.command()
def trim() -> None:
    """Remove what is kept no longer of the log, of sign-ins and of the audit. Nodes do it every hour by themselves."""
    with _explained():
        settings = _installation()
        trimmed = asyncio.run(
            _with_engine(settings, lambda engine: trim_all(engine, timedelta(days=settings.keep_log_days)))
        )
        typer.echo(
            "A node is at it." if trimmed is None else ", ".join(f"{count} {kind}" for kind, count in trimmed.items())
        )


@app.command("new-epoch")
def new_epoch() -> None:
    """After a restore from a backup: let every client drop what it has seen of every board, and take it anew."""
    with _explained():
        count = asyncio.run(_with_engine(_installation(), _begin_new_epoch))
        typer.echo(f"{count} boards begin a new life.")


@app.command()
def doctor() -> None:
    """Check database, schema, clock, Redis, and a WebSocket through PUBLIC_URL. Ends with 1 if anything failed."""
    with _explained():
        if not asyncio.run(_examine(_installation())):
            raise typer.Exit(1)


def _installation() -> Settings:
    """The settings of the environment, or else of the embedded form that runs on DATA_DIR."""
    return read_settings(Settings, DataDir(read_settings(EmbeddedSettings).data_dir).environment_file)


async def _with_engine(settings: Settings, work: Callable[[AsyncEngine], Awaitable[T]]) -> T:
    engine = create_engine(settings.database_url, pool_size=2)
    try:
        return await work(engine)
    finally:
        await engine.dispose()


async def _begin_new_epoch(engine: AsyncEngine) -> int:
    async with engine.begin() as connection:
        return await begin_new_epoch(connection)


async def _examine(settings: Settings) -> bool:
    is_healthy = True
    async for finding in examination.examine(settings):
        typer.echo(f"{'ok' if finding.is_ok else 'failed':<8}{finding.part:<11}{finding.what}")
        if not finding.is_ok:
            is_healthy = False
            typer.echo(f"{'':<19}-> {finding.advice}")
    return is_healthy


def _welcome(form: EmbeddedForm) -> str:
    addresses = [node.url for node in form.nodes]
    lines = ["", f"  Lockstep is running: {'  '.join(addresses)}", ""]
    if form.has_demo:
        lines += [_sign_ins(), ""]
    lines += ["  Ctrl-C stops it. What you enter is kept in " + str(form.settings.data_dir.resolve()), ""]
    return "\n".join(lines)


def _sign_ins() -> str:
    people = [f"  {name}: {email}, password {PASSWORD}" for name, email in PEOPLE.values()]
    return "\n".join(["  Sign in to the demo as one of these, or in two windows as both:", *people])


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what an operator can mend into sentences on standard error instead of a stack trace."""
    try:
        yield
    except (SettingsError, EmbeddedServerError, NodeFailedError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


@contextmanager
def _until_stopped() -> Iterator[None]:
    """End the block, in good order, at Ctrl-C, at `kill`, or when the terminal closes."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("Stopped.")
