"""The types that fields of records and commands are made of, with their limits.

Limits are part of the contract: generous for people, small enough that one message stays far below 64 KiB.
"""

from datetime import UTC, date, datetime
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, StringConstraints

NO_NUL = r"^[^\x00]*$"  # PostgreSQL text cannot hold U+0000

Title = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=NO_NUL, strip_whitespace=True)]
Text = Annotated[str, StringConstraints(max_length=20_000, pattern=NO_NUL)]
CommentText = Annotated[str, StringConstraints(min_length=1, max_length=10_000, pattern=NO_NUL)]
Note = Annotated[str, StringConstraints(max_length=2_000, pattern=NO_NUL)]
Unit = Annotated[str, StringConstraints(max_length=20, pattern=NO_NUL, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=NO_NUL, strip_whitespace=True)]
Email = Annotated[
    str,
    StringConstraints(max_length=254, pattern=r"^[^@\s\x00]+@[^@\s\x00]+$", strip_whitespace=True, to_lower=True),
]

# A fractional-index key in base 62 (github.com/rocicorp/fractional-indexing): a letter that says how long the whole
# number is, from a and Z for one digit to z and A for 26, the number itself, then a fraction that never ends in the
# lowest digit, so that there is always room before it.
_WHOLE_NUMBER = "|".join(
    f"[{chr(ord('a') + length - 1)}{chr(ord('Z') - length + 1)}][0-9A-Za-z]{{{length}}}" for length in range(1, 27)
)
Position = Annotated[
    str,
    StringConstraints(max_length=128, pattern=rf"^(?:{_WHOLE_NUMBER})(?:[0-9A-Za-z]*[1-9A-Za-z])?$"),
]

# A secret that the client made: at least 128 random bits in base64url.
Token = Annotated[str, StringConstraints(min_length=22, max_length=128, pattern=r"^[A-Za-z0-9_-]+$")]

Measure = Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False)]
Priority = Annotated[int, Field(ge=0, le=3)]
"""1 is the most urgent, 3 the least; 0 is none."""
Color = Annotated[int, Field(ge=0, le=7)]
"""A place in the fixed palette of eight that people are recognised by."""
Hour = Annotated[int, Field(ge=0, le=23)]

Health = Literal["on_track", "at_risk", "off_track"]
GoalState = Literal["open", "achieved", "partial", "missed", "dropped"]
Source = Literal["manual", "task_count"]
"""Where a key result's current value comes from: what people measure, or how many linked tasks are done."""
BoardKind = Literal["personal", "shared"]
WeekStart = Literal["monday", "saturday", "sunday"]


def _known_zone(zone: str) -> str:
    if zone not in available_timezones():
        raise ValueError("is not a known time zone, such as Europe/Berlin")
    return zone


TimeZone = Annotated[str, AfterValidator(_known_zone)]

Id = UUID
Day = date
Moment = datetime


def moment(value: datetime) -> datetime:
    """The moment as it is kept and sent: UTC, in whole milliseconds, as browsers count them."""
    utc = value.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)
