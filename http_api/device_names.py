"""Calling a device what its owner would call it."""

import re
from typing import Final

UNKNOWN: Final = "Unknown device"
NAME_LENGTH: Final = 80

# The first that occurs wins: browsers name those they descend from after themselves.
_BROWSERS: Final = {
    r"Edg(e|A|iOS)?/": "Edge",
    r"(OPR|Opera)/": "Opera",
    r"SamsungBrowser/": "Samsung Internet",
    r"(Firefox|FxiOS)/": "Firefox",
    r"(Chrome|Chromium|CriOS)/": "Chrome",
    r"Version/\S+ (Mobile/\S+ )?Safari/": "Safari",
}
_SYSTEMS: Final = {
    r"iPhone": "iPhone",
    r"iPad": "iPad",
    r"Android": "Android",
    r"CrOS": "ChromeOS",
    r"Windows": "Windows",
    r"Mac OS X|Macintosh": "macOS",
    r"Linux": "Linux",
}


def device_name(user_agent: str) -> str:
    """A name such as "Firefox on Linux"; the program's own first word when it is no browser."""
    browser = _first(_BROWSERS, user_agent)
    system = _first(_SYSTEMS, user_agent)
    if browser and system:
        return f"{browser} on {system}"
    printable = "".join(character for character in user_agent if character.isprintable())
    return printable.split(" ")[0][:NAME_LENGTH] or UNKNOWN


def _first(names: dict[str, str], user_agent: str) -> str | None:
    return next((name for pattern, name in names.items() if re.search(pattern, user_agent)), None)
