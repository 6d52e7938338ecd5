"""docs/way-of-an-update.md tells the truth: the files are there, and the names are in them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/way-of-an-update.md").read_text()
STOPS = re.findall(r"^\| (\d+) \| `([^`]+)` \| `([^`]+)` \|", PAGE, re.MULTILINE)


def test_the_way_has_ten_stops() -> None:
    assert [number for number, _, _ in STOPS] == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize(("path", "name"), [(path, name) for _, path, name in STOPS])
def test_a_stop_is_where_the_page_says(path: str, name: str) -> None:
    assert re.search(rf"\b{name}\b", (ROOT / path).read_text())


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`([\w/-]+\.(?:py|tsx?))`", PAGE))))
def test_a_file_that_the_page_names_exists(path: str) -> None:
    assert (ROOT / path).is_file()
