"""Making a long gap short: every change keeps its place, but each record is put once, in its newest state.

Nothing is moved to an earlier change, so nobody is shown more than their place in the log allows. In between, records
are older than their change says: folded changes have to be handed on, and applied, all together.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from tracker import wire
from tracker.change_log import LoggedChange

Entry = dict[str, Any]

FOLDS_KEPT: Final = 128
"""Of 256 KiB at most each, with the changes before the folding. Those who were cut off at one moment come back at one
moment, over the same gap: with a hundred changes to fold for each of 10,000, it was a quarter of what that cost."""


def fold(changes: Iterable[LoggedChange]) -> tuple[LoggedChange, ...]:
    """The same changes, with what a later one puts taken out of the earlier ones and merged into the later."""
    return _folded(tuple(changes))


@lru_cache(FOLDS_KEPT)
def _folded(changes: tuple[LoggedChange, ...]) -> tuple[LoggedChange, ...]:
    decoded: list[Entry] = [wire.decode(change.body) for change in changes]
    newest: dict[tuple[str, str], tuple[Entry, Entry]] = {}
    for change in decoded:
        for put in change["put"]:
            key = put["type"], put["id"]
            if key in newest:
                earlier_change, earlier = newest[key]
                earlier_change["put"] = [entry for entry in earlier_change["put"] if entry is not earlier]
                for name, value in earlier.items():
                    put.setdefault(name, value)
            newest[key] = change, put
        for removed in change["remove"]:
            # What comes after is another record, even with the same id.
            newest.pop((removed["type"], removed["id"]), None)
    return tuple(
        LoggedChange(change.seq, wire.encode_to_keep(folded)) for change, folded in zip(changes, decoded, strict=True)
    )
