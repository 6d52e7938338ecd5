"""What is read out of the figures of the client's own program."""

from loadtests.figures import Figure
from loadtests.measurements.browser import figures_of

FOUND = {
    "machine": {"cpus": 2, "load": [0.1]},
    "figures": [
        {
            "name": "open",
            "unit": "ms",
            "measured": [900, 950],
            "value": 925,
            "target": {"at_most": 1000},
            "is_met": True,
        },
        {"name": "scroll", "unit": "fps", "measured": [52], "value": 52, "target": {"at_least": 60}, "is_met": False},
    ],
}


def test_figures_keep_their_targets() -> None:
    assert figures_of(FOUND) == (Figure("open", 925, "ms", at_most=1000), Figure("scroll", 52, "fps", at_least=60))
