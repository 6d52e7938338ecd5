"""Django Channels on uvicorn, with its Redis layer, as its documentation shows it."""

import sys

import django
import uvicorn
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import path

settings.configure(
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            # Of the default capacity, 100 messages, it loses some at this rate; see its documentation.
            "CONFIG": {"hosts": [sys.argv[2]], "capacity": 10_000},
        }
    }
)
django.setup()


class Socket(AsyncWebsocketConsumer):
    """One socket: what it says goes to the group of all."""

    async def connect(self) -> None:
        await self.channel_layer.group_add("all", self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard("all", self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.channel_layer.group_send("all", {"type": "said", "text": text_data})

    async def said(self, event: dict[str, str]) -> None:
        """Somebody in the group said something."""
        await self.send(text_data=event["text"])


uvicorn.run(
    ProtocolTypeRouter({"websocket": URLRouter([path("ws", Socket.as_asgi())])}),
    host="127.0.0.1",
    port=int(sys.argv[1]),
    loop="uvloop",
    lifespan="off",
    log_level="error",
    ws_per_message_deflate=False,
    backlog=4096,
)
