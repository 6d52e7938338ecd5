"""The records as OpenAPI shows them, made from the record classes themselves.

Answers are encoded straight from the records; these models describe them and are never filled.
"""

from dataclasses import fields
from functools import reduce
from operator import or_
from typing import Annotated, Any, Final, Literal, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from tracker.records import RECORD_TYPES, Record


def _schema_of(record_type: type[Record]) -> type[BaseModel]:
    types = get_type_hints(record_type)
    shown: dict[str, Any] = {
        field.name: (types[field.name], ...) for field in fields(record_type) if field.name not in record_type.SECRET
    }
    shown["type"] = (Literal[record_type.TYPE], ...)
    model: type[BaseModel] = create_model(
        f"{record_type.__name__}Record", __config__=ConfigDict(extra="forbid"), __doc__=record_type.__doc__, **shown
    )
    return model


_SCHEMAS: Final = [_schema_of(record_type) for record_type in RECORD_TYPES.values()]

ANY_RECORD: Final[Any] = Annotated[reduce(or_, _SCHEMAS), Field(discriminator="type")]
"""One record with all its fields, told apart by `type`."""

RECORD_TYPE: Final[Any] = Literal[tuple(RECORD_TYPES)]
"""The name of a kind of record."""
