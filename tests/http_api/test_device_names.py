import pytest

from http_api.device_names import device_name

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/142.0 Safari/537.36", "Chrome on Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"),
        (f"Mozilla/5.0 (Linux; Android 16) {WEBKIT} Chrome/142.0 Mobile Safari/537.36", "Chrome on Android"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) {WEBKIT} Version/19.0 Safari/605.1", "Safari on macOS"),
        ("curl/8.10.1", "curl/8.10.1"),
        ("python-httpx/0.28 something", "python-httpx/0.28"),
        ("", "Unknown device"),
        ("\x00\x1b[31m", "[31m"),
        ("x" * 500, "x" * 80),
    ],
)
def test_a_device_is_called_what_its_owner_would_call_it(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
