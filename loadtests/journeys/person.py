"""Somebody with the application open: hydrates over HTTP, watches over a socket, and waits for what they ask."""

from __future__ import annotations

import json
import os
import random
import re
import time
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

import gevent
from gevent.event import AsyncResult, Event
from locust import FastHttpUser
from locust.exception import StopUser

from loadtests.journeys.live_socket import LiveSocket, Message, now_ms

PEOPLE_FILE: Final = "JOURNEY_PEOPLE"
"""The variable that names the file of `loadtests/load.py`: a list of {token, boards: [{board_id, task_ids}]}."""

ANSWER_SECONDS: Final = 10

BUSY: Final = 503
PAUSE_SECONDS: Final = 2.0

POSITION: Final = re.compile(r'"epoch":"(?P<epoch>[^"]+)","seq":(?P<seq>\d+)')
"""Where a snapshot stands. Reading all of it as JSON would be Locust's work, not the node's."""

_number = count()


class Person(FastHttpUser):
    """The base of all journeys. What it measures over the socket is told to Locust beside the HTTP calls."""

    abstract = True
    people: list[dict[str, Any]]

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        if not hasattr(Person, "people"):
            Person.people = json.loads(Path(os.environ[PEOPLE_FILE]).read_text())
        me = Person.people[next(_number) % len(Person.people)]
        self.token: str = me["token"]
        self.boards: list[dict[str, Any]] = me["boards"]
        self.positions: dict[str, tuple[str, int]] = {}
        self.live: set[str] = set()
        self.all_live = Event()
        self.asked: dict[str, AsyncResult] = {}
        self.socket: LiveSocket | None = None

    def on_start(self) -> None:
        """Open the application."""
        self.hydrate()
        self.connect()

    def on_stop(self) -> None:
        """Close it."""
        if self.socket is not None:
            self.socket.cut()

    def hydrate(self) -> None:
        """My boards, and each as it stands."""
        self._get("/api/boards", "/api/boards")
        for board in self.boards:
            head = POSITION.search(self._get(f"/api/boards/{board['board_id']}/snapshot", "/api/boards/{id}/snapshot"))
            if head is None:
                raise StopUser
            self.positions[board["board_id"]] = (head["epoch"], int(head["seq"]))

    def connect(self) -> None:
        """Connect and watch all my boards from where I stand; back when all are live."""
        began = now_ms()
        self.live.clear()
        self.all_live.clear()
        address = urlsplit(self.host or "")
        self.socket = LiveSocket(address.hostname or "127.0.0.1", address.port or 80, self._hear, self._lost)
        is_live = self.all_live.wait(ANSWER_SECONDS)
        self._measured("socket: connect until live", began, None if is_live else TimeoutError("not live"))

    def ask(self, command_type: str, **fields: Any) -> None:
        """Give a command on one of my boards' tasks, and wait for its own change."""
        board = random.choice(self.boards)
        command_id = str(uuid4())
        command = {
            "type": command_type,
            "board_id": board["board_id"],
            "task_id": random.choice(board["task_ids"]),
            **fields,
        }
        answer = self.asked[command_id] = AsyncResult()
        began = now_ms()
        if self.socket is not None:
            self.socket.say({"type": "command", "command_id": command_id, "command": command})
        try:
            refusal = answer.get(timeout=ANSWER_SECONDS)
        except gevent.Timeout:
            refusal = TimeoutError("no answer")
        del self.asked[command_id]
        self._measured("socket: command until its change", began, refusal)

    def look_here(self) -> None:
        """Tell the others where I am."""
        if self.socket is not None:
            board = random.choice(self.boards)
            state = {"task_id": random.choice(board["task_ids"])}
            self.socket.say({"type": "presence", "board_id": board["board_id"], "state": state})

    def lose_connection(self) -> None:
        """As a phone in a tunnel."""
        if self.socket is not None:
            self.socket.cut()

    def _lost(self) -> None:
        self._measured("socket: ended by the server", now_ms(), ConnectionError("ended by the server"))

    def _hear(self, message: Message) -> None:
        match message["type"]:
            case "open":
                self._say({"type": "hello", "protocol": 1, "token": self.token, "client_id": "journey"})
            case "welcome":
                for board_id, (epoch, seq) in self.positions.items():
                    self._say({"type": "watch", "board_id": board_id, "epoch": epoch, "seq": seq})
            case "watching":
                self.live.add(message["board_id"])
                if len(self.live) == len(self.boards):
                    self.all_live.set()
            case "changes":
                self._take(message)
            case "done":
                self._answered(message["command_id"], None)
            case "refused":
                self._answered(message["command_id"], RuntimeError(message["code"]))

    def _take(self, message: Message) -> None:
        board_id, changes = message["board_id"], message["changes"]
        epoch, seq = self.positions[board_id]
        if changes[0]["seq"] != seq + 1:
            self._measured("socket: hole in the log", now_ms(), RuntimeError(f"{changes[0]['seq']} after {seq}"))
        self.positions[board_id] = (epoch, changes[-1]["seq"])
        newest = changes[-1]
        is_mine = newest["command_id"] in self.asked
        for change in changes:
            self._answered(change["command_id"], None)
        if not is_mine and board_id in self.live and len(changes) == 1:
            committed = datetime.fromisoformat(newest["at"]).timestamp()
            self._fire("socket: commit until seen by another", max(0.0, (time.time() - committed) * 1_000), None)

    def _answered(self, command_id: str, refusal: Exception | None) -> None:
        if command_id in self.asked:
            self.asked[command_id].set(refusal)

    def _say(self, message: Message) -> None:
        if self.socket is not None:
            self.socket.say(message)

    def _get(self, path: str, name: str) -> str:
        """Ask, and ask again as long as the node says that it is busy, as the browser does."""
        headers = {"Authorization": f"Bearer {self.token}"}
        while True:
            with self.client.get(path, headers=headers, name=name, catch_response=True) as response:
                if response.status_code != BUSY:
                    return str(response.text)
                response.success()
            self._fire(f"{name}: told to ask again", 0.0, None)
            gevent.sleep(random.uniform(0, PAUSE_SECONDS))

    def _measured(self, name: str, began: float, failure: Exception | None) -> None:
        self._fire(name, now_ms() - began, failure)

    def _fire(self, name: str, duration_ms: float, failure: Exception | None) -> None:
        self.environment.events.request.fire(
            request_type="WS", name=name, response_time=duration_ms, response_length=0, exception=failure, context={}
        )
