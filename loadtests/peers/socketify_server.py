"""socketify (uWebSockets in C++): every socket subscribes to one topic, from memory."""

import sys

from socketify import App, CompressOptions


def main(port: int) -> None:
    """Echo each message to all sockets."""
    app = App()
    app.ws(
        "/ws",
        {
            "compression": CompressOptions.DISABLED,
            "idle_timeout": 120,
            "open": lambda ws: ws.subscribe("all"),
            "message": lambda _ws, message, opcode: app.publish("all", message, opcode),
        },
    )
    app.listen({"port": port, "host": "127.0.0.1"}, lambda _: None)
    app.run()


main(int(sys.argv[1]))
