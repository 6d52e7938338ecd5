"""Why a command will not be done."""

from typing import Literal

RefusalCode = Literal[
    "invalid",  # the message breaks the contract
    "not_found",  # no such thing for you: absent and forbidden look the same
    "forbidden",  # you see it, your role does not allow this
    "already_exists",  # the id is taken
    "conflict",  # the command_id was used for another command, or the state does not allow this
    "invitation_invalid",  # unknown, used, expired or revoked: one answer for all
    "last_owner",  # a board keeps at least one owner
    "expired",  # made so long ago that it may have been done and forgotten: it is never done again unseen
    "rate_limited",
    "unavailable",  # nothing was decided; the same command_id may be sent again
]


class Refused(Exception):
    """A command that will not be done: a code for machines and a sentence for people.

    A refusal has no effect and is not kept: the same command may be sent again later.
    """

    def __init__(self, code: RefusalCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
