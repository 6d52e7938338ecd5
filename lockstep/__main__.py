"""`python -m lockstep` is `lockstep`."""

from lockstep.cli import app

app()
