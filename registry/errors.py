"""The root of every refusal: a permanent code, facts without personal data, an HTTP status.

The words a person reads are made at the door (`registry/views/refusals.py`), in the reader's language.
"""

from typing import Any, ClassVar


class RegistryError(Exception):
    """A refusal that the site, the API and the commands all say the same way.

    `facts` hold identifiers, counts, dates and codes; never names or numbers of persons.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code


class NotFound(RegistryError):
    """No such thing, or it lies outside what the actor may see: the two are not told apart."""

    code = "not_found"
    status = 404


class NotPermitted(RegistryError):
    """The actor may see the thing but lacks the permission; `permission` names it."""

    code = "not_permitted"
    status = 403


class InvalidInput(RegistryError):
    """Fields that cannot be accepted; `fields` maps a field to a permanent problem code."""

    code = "invalid_input"
    status = 422


class Conflict(RegistryError):
    """The thing is no longer in the state this needs, or another already holds its place."""

    code = "conflict"
    status = 409


class TooManyRequests(RegistryError):
    """Asked too often; `retry_after` is in seconds."""

    code = "too_many_requests"
    status = 429


class NameDiffers(Conflict):
    """This citizen ID is registered under another name; `rows` are the positions (from 1) in what was sent."""

    code = "name_differs"


class ManagedElsewhere(Conflict):
    """The person is registered in a region outside the actor's reach, whose federation must move them."""

    code = "managed_elsewhere"


class AlreadyHeld(Conflict):
    """Another row already holds what must be unique; `field` names it."""

    code = "already_held"


class OwnAccount(Conflict):
    """Nobody gives roles to themselves or takes them away: another manager must."""

    code = "own_account"


class SignInNeeded(RegistryError):
    """The API was asked without a session or a token that is in force."""

    code = "sign_in_needed"
    status = 401


class SignInFailed(RegistryError):
    """Name and password do not fit, or the account is closed: the answer does not say which."""

    code = "sign_in_failed"
    status = 422


class AlreadyOnNotice(Conflict):
    """Some of the items are on a notice that still runs; `rows` are their positions (from 1) in what was sent."""

    code = "already_on_notice"


class NoticeOver(Conflict):
    """The notice ended or was withdrawn: nobody opens it again, and it takes no more objections."""

    code = "notice_over"


class NoticeNotOver(Conflict):
    """The notice runs on, or an objection to it waits for an answer: it cannot be filed yet."""

    code = "notice_not_over"


class ObjectionAnswered(Conflict):
    """The objection has its answer already; an answer is not changed."""

    code = "objection_answered"


class OwnNotice(Conflict):
    """Who published a notice does not answer the objections to it: another colleague must."""

    code = "own_notice"


class NoticeEnded(RegistryError):
    """The notice was taken down: `ended_on` or `withdrawn_on` says when. Its items are not shown any more."""

    code = "notice_ended"
    status = 410
