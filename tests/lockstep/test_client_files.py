import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from lockstep.client_files import ClientFiles

SCRIPT = b"console.log('lockstep');" * 100


@pytest.fixture
def build(tmp_path: Path) -> Path:
    (tmp_path / "dist" / "assets").mkdir(parents=True)
    (tmp_path / "dist" / "index.html").write_text("<!doctype html><title>Lockstep</title>")
    (tmp_path / "dist" / "assets" / "app-4f2a.js").write_bytes(SCRIPT)
    (tmp_path / "dist" / "assets" / "app-4f2a.js.gz").write_bytes(gzip.compress(SCRIPT))
    (tmp_path / "dist" / "favicon.svg").write_text("<svg/>")
    (tmp_path / "dist" / "sw.js").write_text("self.skipWaiting;")
    (tmp_path / "dist" / "manifest.webmanifest").write_text("{}")
    (tmp_path / "secret.txt").write_text("not for anybody")
    return tmp_path / "dist"


def client_of(files: ClientFiles) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=files), base_url="http://lockstep.example")


@pytest.fixture
async def client(build: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(ClientFiles(build, is_https=False)) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/index.html", "/today", "/boards/0190-af"])
async def test_every_page_of_the_client_is_the_index_and_is_asked_for_each_time(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path)
    assert answer.text == "<!doctype html><title>Lockstep</title>"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


async def test_a_file_whose_name_changes_with_its_content_is_kept_for_ever(client: httpx.AsyncClient) -> None:
    answer = await client.get("/assets/app-4f2a.js")
    assert answer.content == SCRIPT
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/javascript")


async def test_the_service_worker_is_asked_for_each_time_and_reaches_nobody_but_this_server(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/sw.js")
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert policy["worker-src"] == policy["connect-src"] == "'self'"


async def test_the_manifest_is_known_for_what_it_is(client: httpx.AsyncClient) -> None:
    answer = await client.get("/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    assert answer.headers["cache-control"] == "no-cache"


async def test_who_takes_gzip_gets_the_bytes_that_the_build_compressed(client: httpx.AsyncClient) -> None:
    async with client.stream("GET", "/assets/app-4f2a.js", headers={"accept-encoding": "br, gzip"}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == SCRIPT


async def test_who_does_not_take_gzip_gets_plain_bytes(client: httpx.AsyncClient) -> None:
    answer = await client.get("/assets/app-4f2a.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.content == SCRIPT
    assert answer.headers["vary"] == "accept-encoding"


async def test_an_unchanged_file_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get("/today")
    second = await client.get("/today", headers={"if-none-match": first.headers["etag"]})
    assert (second.status_code, second.content) == (304, b"")


async def test_head_tells_the_length_without_the_bytes(client: httpx.AsyncClient) -> None:
    answer = await client.head("/assets/app-4f2a.js", headers={"accept-encoding": "identity"})
    assert answer.headers["content-length"] == str(len(SCRIPT))


@pytest.mark.parametrize(
    "path",
    ["/assets/gone-77.js", "/assets/page", "/robots.txt", "/../secret.txt", "/%2e%2e/secret.txt", "//etc/passwd.d"],
)
async def test_what_the_build_did_not_write_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 404
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_nothing_can_be_written(client: httpx.AsyncClient) -> None:
    answer = await client.post("/today")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


async def test_a_page_runs_no_foreign_script_and_stands_in_no_frame(client: httpx.AsyncClient) -> None:
    headers = (await client.get("/")).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["script-src"] == "'self'"
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in headers


async def test_over_tls_the_browser_is_told_to_stay_there(build: Path) -> None:
    async with client_of(ClientFiles(build, is_https=True)) as client:
        assert (await client.get("/")).headers["strict-transport-security"] == "max-age=63072000"


async def test_without_a_build_the_operator_is_told_what_to_do(tmp_path: Path) -> None:
    async with client_of(ClientFiles(tmp_path, is_https=False)) as client:
        answer = await client.get("/")
    assert answer.status_code == 503
    assert "make build" in answer.text
