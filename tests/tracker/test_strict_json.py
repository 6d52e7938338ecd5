import pytest

from tracker.strict_json import NotJson, check_json


def test_what_parsers_agree_on_passes() -> None:
    check_json(b'{"a": [1, 2.5, "\\ud83d\\ude00", null, true], "b": {"a": 1}}')
    check_json('{"a":[1,2.5,"\U0001f600",null,true],"b":{"a":1}}')


@pytest.mark.parametrize(
    "text",
    [
        "",
        '{"a": 1',
        '{"a": {"b": 1, "b": 2}}',
        '{"a":{"b":1,"b":1}}',
        '{"a":NaN}',
        '{"a": NaN}',
        '{"a": -Infinity}',
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        b'{"a": "\xff"}',
        '{"a": ' + "1" * 5_000 + "}",
    ],
)
def test_what_they_read_differently_or_not_at_all_is_refused(text: str | bytes) -> None:
    with pytest.raises(NotJson):
        check_json(text)
