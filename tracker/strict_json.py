"""JSON from outside that every parser reads alike: before a model looks at it, with no value lost on the way."""

import json
from typing import Any, Final, NoReturn

from tracker import wire


class NotJson(ValueError):
    """Text that is not JSON, or that parsers disagree about. The message says why."""


def check_json(text: bytes | str) -> None:
    """Refuse what parsers disagree about: doubled keys, NaN and infinities, depth without end. Raises NotJson."""
    if _is_as_we_write_it(text):
        return
    try:
        _STRICT.decode(text if isinstance(text, str) else text.decode())
    except json.JSONDecodeError as error:
        raise NotJson(f"{error.msg} at character {error.pos}.") from None
    except UnicodeDecodeError:
        raise NotJson("The text is not UTF-8.") from None
    except RecursionError:
        raise NotJson("The values are nested too deeply.") from None
    except NotJson:
        raise
    except ValueError:  # Python's own limit for the digits of a number
        raise NotJson("A number has too many digits.") from None


def _is_as_we_write_it(text: bytes | str) -> bool:
    """Whether its values, written anew, are the text itself: then all of it was read, and in the one way there is.

    So browsers write it, too, and it takes a quarter of what looking at each pair does.
    """
    try:
        return wire.encode(wire.decode(text)) == (text.encode() if isinstance(text, str) else text)
    except (ValueError, TypeError):
        return False


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotJson("A key stands twice in one object.")
    return found


def _no_constant(name: str) -> NoReturn:
    raise NotJson(f"{name} is not JSON.")


_STRICT: Final = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant)
