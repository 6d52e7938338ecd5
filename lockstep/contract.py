"""The contract as one JSON schema: every record, command and message that a client meets.

`python -m lockstep.contract` prints it; `npm run types` in client/ makes the client's TypeScript from that. The
fingerprint tells whether two contracts are the same: docs/protocol-versions.json pins one for each protocol version, so
that no message changes without a new version.
"""

import hashlib
import json
import sys
from collections.abc import Callable
from typing import Any, Final, Literal

from pydantic import TypeAdapter

from http_api.hydration import BoardList, ChangesPage, SnapshotAnswer
from http_api.messages import SessionList, SignedIn
from http_api.routes.invitations import InvitationPreview
from realtime.messages import CLIENT_MESSAGE, PROTOCOL, SERVER_MESSAGE
from tracker.commands.registry import COMMAND_ADAPTER
from tracker.records import RECORD_TYPES

Schema = dict[str, Any]

# What a client sends is described as it is read, what it gets as it is written: there, no field is ever left out.
_SPOKEN: Final[list[tuple[str, Literal["validation", "serialization"], TypeAdapter[Any]]]] = [
    ("Command", "validation", COMMAND_ADAPTER),
    ("ClientMessage", "validation", CLIENT_MESSAGE),
    ("ServerMessage", "serialization", SERVER_MESSAGE),
    ("SignedIn", "serialization", TypeAdapter(SignedIn)),
    ("BoardList", "serialization", TypeAdapter(BoardList)),
    ("SnapshotAnswer", "serialization", TypeAdapter(SnapshotAnswer)),
    ("ChangesPage", "serialization", TypeAdapter(ChangesPage)),
    ("SessionList", "serialization", TypeAdapter(SessionList)),
    ("InvitationPreview", "serialization", TypeAdapter(InvitationPreview)),
]

_RECORDS: Final = {f"{record_type.__name__}Record": record_type.__name__ for record_type in RECORD_TYPES.values()}
# The server's modules tell answers from what is answered about; to a client they are the things themselves.
_NAMES: Final = {
    **_RECORDS,
    "AccountAnswer": "Account",
    "SessionAnswer": "DeviceSession",
    "SnapshotAnswer": "Snapshot",
    "ChangeAnswer": "Change",
    "ChangeBody": "Change",
    "RecordKey": "RecordRemoval",
}


def contract_schema() -> Schema:
    """The whole contract, by the names that the client uses."""
    roots, document = TypeAdapter.json_schemas(_SPOKEN, ref_template="#/$defs/{model}")
    found: Schema = document["$defs"]
    # Two descriptions of one change: the socket's is looser, because it hands on the log's own bytes.
    del found["ChangeBody"]
    definitions = {_NAMES.get(name, name): _rewritten(schema, _under_client_names) for name, schema in found.items()}
    definitions |= {
        name: _rewritten(roots[name, mode], _under_client_names)
        for name, mode, _ in _SPOKEN
        if name.endswith(("Command", "Message"))
    }
    definitions |= _puts(definitions)
    definitions["AnyRecord"] = _one_of(_RECORDS.values())
    for schema in definitions.values():
        _require_type(schema)
    return {"title": "Contract", "$defs": dict(sorted(definitions.items()))}


def _puts(definitions: Schema) -> Schema:
    """A put of each kind of record: all of its fields when it is new, else only those that changed."""
    puts: Schema = {}
    for name in _RECORDS.values():
        puts[f"{name}Put"] = {**definitions[name], "required": ["type", "id"], "description": f"A put of a {name}."}
    return {**puts, "RecordPut": _one_of(puts)}


def _one_of(names: Any) -> Schema:
    return {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in names]}


def _require_type(schema: Schema) -> None:
    """The tag of a union always travels, also where Python has a default for it."""
    if "const" in schema.get("properties", {}).get("type", {}):
        schema["required"] = sorted({*schema.get("required", []), "type"})


def _under_client_names(schema: Schema) -> Schema:
    name = schema.get("$ref", "").removeprefix("#/$defs/")
    return {**schema, "$ref": f"#/$defs/{_NAMES[name]}"} if name in _NAMES else schema


def _without_words(schema: Schema) -> Schema:
    """A better description or title is no other contract. (A property may be called either; its value is a schema.)"""
    return {
        key: value for key, value in schema.items() if key not in {"description", "title"} or isinstance(value, dict)
    }


def _rewritten(value: Any, rewrite: Callable[[Schema], Schema]) -> Any:
    if isinstance(value, dict):
        return {key: _rewritten(inner, rewrite) for key, inner in rewrite(value).items()}
    return [_rewritten(inner, rewrite) for inner in value] if isinstance(value, list) else value


def fingerprint(schema: Schema) -> str:
    """The same for contracts that say the same, in other words or another order."""
    canonical = json.dumps(_rewritten(schema, _without_words), sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def main() -> None:
    """Print the contract for the client's generator."""
    schema = contract_schema()
    document = {"protocol": PROTOCOL, "fingerprint": fingerprint(schema), "schema": schema}
    json.dump(document, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
