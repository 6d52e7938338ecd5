"""The gateways of deploy/ as they are, but for the addresses: in front of the nodes, and reloaded under the sockets."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGHUP, SIGTERM
from typing import Final, Literal

import psutil

from loadtests.ports import free_ports

GatewayKind = Literal["nginx", "caddy"]
DEPLOY: Final = Path(__file__).parents[2] / "deploy"
START_SECONDS: Final = 10
POLL_SECONDS: Final = 0.05
RETIRING: Final = "shutting down"
"""How nginx calls a worker of before a reload, in its process title."""

NGINX_MAIN: Final = """
daemon off;
pid {directory}/nginx.pid;
error_log {directory}/nginx.log;
{user}
include {deploy}/nginx-workers.conf;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    include {directory}/site.conf;
}}
"""
CERTIFICATE: Final = (
    "openssl",
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "1",
    "-subj",
    "/CN=localhost",
)


@dataclass
class Gateway:
    """A gateway that runs; `url` is where people find Lockstep."""

    kind: GatewayKind
    url: str
    process: subprocess.Popen[bytes]
    _environment: Mapping[str, str]

    async def reload(self) -> None:
        """Read the configuration anew, as after a change of it."""
        if self.kind == "nginx":
            self.process.send_signal(SIGHUP)
        else:
            # Without --force Caddy does nothing when nothing has changed.
            reloading = await asyncio.create_subprocess_exec(
                *("caddy", "reload", "--config", DEPLOY / "Caddyfile", "--force"),
                env={**os.environ, **self._environment},
                stderr=asyncio.subprocess.DEVNULL,
            )
            assert await reloading.wait() == 0, "Caddy did not reload"

    def retiring_workers(self) -> int:
        """Processes of before a reload that still hold sockets. Caddy has but one process."""
        children = psutil.Process(self.process.pid).children()
        return sum(any(RETIRING in word for word in child.cmdline()) for child in children)


def what_is_missing(kind: GatewayKind) -> str | None:
    """What is missing for this gateway here; None if nothing is."""
    programs = {"nginx": ("nginx", "openssl"), "caddy": ("caddy",)}[kind]
    missing = [program for program in programs if shutil.which(program) is None]
    return f"{' and '.join(missing)} (apt-get install {' '.join(missing)})" if missing else None


@asynccontextmanager
async def gateway(kind: GatewayKind, node_ports: Sequence[int], directory: Path) -> AsyncIterator[Gateway]:
    """Run a gateway in front of the nodes on these ports."""
    running = _nginx(node_ports, directory) if kind == "nginx" else _caddy(node_ports, directory)
    process = running.process
    try:
        await _until_it_listens(int(running.url.rpartition(":")[2]), process)
        yield running
    finally:
        process.send_signal(SIGTERM)
        await asyncio.to_thread(process.wait)


def _nginx(node_ports: Sequence[int], directory: Path) -> Gateway:
    port, plain_port = free_ports(2)
    key, certificate = directory / "key.pem", directory / "certificate.pem"
    subprocess.run([*CERTIFICATE, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    site = (DEPLOY / "nginx.conf").read_text()
    replacements = {
        "    server 127.0.0.1:8001 max_fails": _servers(node_ports[1:])
        + f"    server 127.0.0.1:{node_ports[0]} max_fails",
        "    server 127.0.0.1:8002 max_fails=1 fail_timeout=5s;\n": "",
        "listen 443": f"listen 127.0.0.1:{port}",
        "listen 80": f"listen 127.0.0.1:{plain_port}",
        "    listen [::]:443 ssl http2;\n": "",
        "    listen [::]:80;\n": "",
        "/etc/letsencrypt/live/lockstep.example/fullchain.pem": str(certificate),
        "/etc/letsencrypt/live/lockstep.example/privkey.pem": str(key),
        "lockstep.example": "localhost",
    }
    for theirs, ours in replacements.items():
        assert theirs in site, f"deploy/nginx.conf no longer says {theirs!r}"
        site = site.replace(theirs, ours)
    (directory / "site.conf").write_text(site)
    user = "user root;" if os.geteuid() == 0 else ""
    (directory / "nginx.conf").write_text(NGINX_MAIN.format(directory=directory, deploy=DEPLOY, user=user))
    process = subprocess.Popen(["nginx", "-p", directory, "-c", directory / "nginx.conf"], stdin=subprocess.DEVNULL)
    return Gateway("nginx", f"https://127.0.0.1:{port}", process, {})


def _servers(ports: Sequence[int]) -> str:
    return "".join(f"    server 127.0.0.1:{port} max_fails=1 fail_timeout=5s;\n" for port in ports)


def _caddy(node_ports: Sequence[int], directory: Path) -> Gateway:
    port, admin_port = free_ports(2)
    environment = {
        "SITE_ADDRESS": f"http://127.0.0.1:{port}",
        "NODES": " ".join(f"127.0.0.1:{node_port}" for node_port in node_ports),
        "CADDY_ADMIN": f"127.0.0.1:{admin_port}",
        "XDG_CONFIG_HOME": str(directory),
        "XDG_DATA_HOME": str(directory),
    }
    with (directory / "caddy.log").open("wb") as log:
        process = subprocess.Popen(
            ["caddy", "run", "--config", DEPLOY / "Caddyfile"],
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    return Gateway("caddy", f"http://127.0.0.1:{port}", process, environment)


async def _until_it_listens(port: int, process: subprocess.Popen[bytes]) -> None:
    async with asyncio.timeout(START_SECONDS):
        while True:
            assert process.poll() is None, "the gateway ended; its log is above, or in its directory"
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(POLL_SECONDS)
            else:
                writer.close()
                return
