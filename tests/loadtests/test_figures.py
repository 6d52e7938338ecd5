"""The arithmetic of the benchmark."""

import pytest

from loadtests.figures import Figure, percentile, ratio


def test_a_percentile_is_the_smallest_value_that_the_share_does_not_exceed() -> None:
    values = [float(value) for value in range(100, 0, -1)]

    assert percentile(values, 0.5) == 50
    assert percentile(values, 0.99) == 99
    assert percentile(values, 1) == 100
    assert percentile([7.0], 0.01) == 7


def test_there_is_no_percentile_of_nothing() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


@pytest.mark.parametrize(
    ("figure", "is_reached"),
    [
        (Figure("p99", 20, "ms", at_most=20), True),
        (Figure("p99", 20.1, "ms", at_most=20), False),
        (Figure("rate", 5_000, "/s", at_least=5_000), True),
        (Figure("rate", 4_999, "/s", at_least=5_000), False),
        (Figure("longest", 40, "ms"), None),
    ],
)
def test_a_target_is_reached_at_its_very_bound(figure: Figure, is_reached: bool | None) -> None:
    assert figure.is_reached is is_reached


def test_a_ratio_to_nothing_is_none() -> None:
    assert ratio(3, 2) == 1.5
    assert ratio(3, 0) is None
