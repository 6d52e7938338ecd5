"""Hashing passwords with Argon2id, off the event loop."""

import asyncio
import os
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from http_api.errors import unavailable

T = TypeVar("T")

# The least that OWASP's password storage cheat sheet gives for Argon2id; about 20 ms of one core here.
MEMORY_KIB: Final = 19_456
TIME_COST: Final = 2
PARALLELISM: Final = 1

# Each takes its memory while it runs, so no more at once than there are cores to run them.
THREADS: Final = os.cpu_count() or 1
# Whoever would wait longer than a second or so is better told to come back.
WAITING_LIMIT: Final = 50 * THREADS


class Passwords:
    """Makes and checks password hashes. Takes the same time whether there is an account or not."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=PARALLELISM)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="argon2")
        self._waiting = 0
        self._nobodys_hash = self._hasher.hash(os.urandom(16))

    async def hash(self, password: str) -> str:
        """The hash to keep. Raises `ApiError` 503 when too many wait."""
        return await self._run(partial(self._hasher.hash, _normal(password)))

    async def matches(self, password: str, password_hash: str | None) -> bool:
        """Whether it is the password; for an account that does not exist (None) the same work, and no."""
        is_right = await self._run(partial(self._verify, password_hash or self._nobodys_hash, _normal(password)))
        return is_right and password_hash is not None

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except VerifyMismatchError:
            return False

    async def _run(self, work: Callable[[], T]) -> T:
        if self._waiting >= WAITING_LIMIT:
            raise unavailable()
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1


def _normal(password: str) -> str:
    # The same keys give different code points on different systems.
    return unicodedata.normalize("NFKC", password)
