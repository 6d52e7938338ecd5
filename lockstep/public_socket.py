"""Knocks at the socket as a browser would: through the public address, whatever stands in front of the node."""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import urlsplit

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage, InvalidStatus
from websockets.typing import Origin

from realtime.close_codes import CloseCode
from realtime.messages import PROTOCOL

SOCKET_PATH: Final = "/ws"
ADVICE_BY_STATUS: Final = {
    403: "The node does not take this origin: PUBLIC_URL of the node must be the address that people use.",
    426: "The gateway drops the upgrade: it must pass on the headers Upgrade and Connection, and speak HTTP/1.1.",
    404: "The gateway does not send /ws to a node.",
    502: "The gateway finds no node: start one, or correct the gateway's addresses.",
    503: "The gateway finds no node that is ready: look at the nodes' logs.",
}


class UnreachableError(Exception):
    """The socket does not work through the public address. `advice` says what to do."""

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(what)
        self.advice = advice


async def knock(public_url: str) -> None:
    """Say hello with a token that is none, and expect the node's own refusal. Raises `UnreachableError`."""
    address = urlsplit(public_url)
    url = f"{'wss' if address.scheme == 'https' else 'ws'}://{address.netloc}{SOCKET_PATH}"
    hello = {"type": "hello", "protocol": PROTOCOL, "token": "none", "client_id": "doctor"}
    try:
        async with connect(url, origin=Origin(public_url), compression=None, proxy=None) as socket:
            await socket.send(json.dumps(hello))
            # Whatever is said before the close, the code is the node's own word.
            await socket.wait_closed()
            code = socket.close_code
    except InvalidStatus as error:
        status = error.response.status_code
        advice = ADVICE_BY_STATUS.get(status, f"Look at what answers at {public_url}{SOCKET_PATH}.")
        raise UnreachableError(f"answered with HTTP {status} instead of a WebSocket", advice) from error
    except (OSError, InvalidHandshake, InvalidMessage, ConnectionClosed) as error:
        advice = f"See that {public_url} resolves, that its certificate is good, and that a node runs behind it."
        raise UnreachableError(f"no connection: {error}", advice) from error
    if code != CloseCode.NOT_AUTHENTICATED:
        advice = "Something between cuts sockets: look at the gateway's time limits."
        raise UnreachableError(f"closed with code {code} instead of the node's own", advice)
