"""The contract is written down once; what is made from it is current, and it changes only with its version."""

import json
import re
from pathlib import Path

from lockstep.contract import contract_schema, fingerprint
from realtime.messages import PROTOCOL
from tracker.commands.registry import COMMAND_ADAPTER

ROOT = Path(__file__).parents[2]
GENERATED = ROOT / "client/src/protocol/contract.gen.ts"
VERSIONS = ROOT / "docs/protocol-versions.json"


def test_no_message_changes_without_a_new_protocol_version() -> None:
    pinned = json.loads(VERSIONS.read_text())
    assert fingerprint(contract_schema()) == pinned[str(PROTOCOL)], (
        "A record, command or message differs from what this protocol version promised. Raise PROTOCOL in "
        f"realtime/messages.py, say in docs/protocol.md what is new, and pin its fingerprint in {VERSIONS.name}."
    )


def test_the_clients_types_are_current() -> None:
    generated = GENERATED.read_text()
    version = re.search(r"PROTOCOL_VERSION = (\d+);", generated)
    contract = re.search(r'CONTRACT_FINGERPRINT = "([0-9a-f]{64})";', generated)
    assert version is not None
    assert contract is not None
    assert (int(version[1]), contract[1]) == (PROTOCOL, fingerprint(contract_schema())), (
        "Run `npm run types` in client/."
    )


def test_every_command_is_in_the_clients_types() -> None:
    mapping = COMMAND_ADAPTER.json_schema()["discriminator"]["mapping"]
    generated = GENERATED.read_text()
    assert [name for name in mapping if f'type: "{name}";' not in generated] == []


def test_no_secret_field_is_part_of_the_contract() -> None:
    assert "token_hash" not in json.dumps(contract_schema())


def test_a_fingerprint_ignores_words_and_sees_types() -> None:
    schema = {"$defs": {"Task": {"title": "Task", "description": "Old.", "properties": {"title": {"type": "string"}}}}}
    reworded = {"$defs": {"Task": {"properties": {"title": {"type": "string", "title": "Title"}}}}}
    retyped = {"$defs": {"Task": {"properties": {"title": {"type": "integer"}}}}}
    assert fingerprint(schema) == fingerprint(reworded)
    assert fingerprint(schema) != fingerprint(retyped)
