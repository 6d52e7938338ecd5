"""Making a long gap short: every change keeps its place, but each record is put once, in its newest state.

Nothing is moved to an earlier change, so nobody is shown more than their place in the log allows. In between, records
are older than their change says: folded changes have to be handed on, and applied, all together.
"""

from collections.abc import Sequence
from typing import Any

from tracker import wire
from tracker.change_log import LoggedChange

Entry = dict[str, Any]


def fold(changes: Sequence[LoggedChange]) -> list[LoggedChange]:
    """The same changes, with what a later one puts taken out of the earlier ones and merged into the later."""
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
    return [LoggedChange(change.seq, wire.encode(folded)) for change, folded in zip(changes, decoded, strict=True)]
