"""Reviews applications for a plaque: an officer checks and scores, an approver decides, and the plaque goes up.

Three people at least stand between a wish and a plaque: whoever applied does not check, whoever checked does not decide
(docs/domain.md §2.1 C37, §5.3).
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from registry.actions import base_events, bases, notices
from registry.actions.applications import locked, move
from registry.actions.values import lines, require_valid
from registry.errors import Conflict, InvalidInput
from registry.models import Accreditation, Application, Federation, PublicNotice
from registry.models.accreditations import AccreditationLevel
from registry.models.applications import ApplicationState
from registry.models.bases import BaseKind
from registry.models.notices import NoticeKind
from registry.queries import notices as notice_queries
from registry.queries import standards
from registry.queries.applications import APPLIED, CHECKED, PREPARED
from registry.rules import criteria
from registry.rules.access import Actor, Permission, require
from registry.rules.notices import Item


class NoticeNotPassed(Conflict):
    """The application has not been on public notice to its end without an objection that holds."""

    code = "notice_not_passed"


_TO_APPROVE = (ApplicationState.CHECKED, ApplicationState.ACCEPTED, ApplicationState.ON_NOTICE)


@transaction.atomic
def check(
    *, by: Actor, on: date, application: Application, points: Sequence[int], opinion: str
) -> Application:
    """Give points for each criterion of the day and an opinion, and pass it on to the approver.

    Raises NotPermitted, OwnWork, InvalidInput, ApplicationInState.
    """
    federation = application.federation
    require(by, Permission.BASE_EVALUATE, region_path=federation.region.path)
    asked = standards.value("base_review_criteria", region_path=federation.region.path, on=on)
    _require_text(opinion=opinion)
    if not criteria.are_points(asked, points):
        raise InvalidInput(fields={"points": "points_range"})
    held = locked(application, ApplicationState.SUBMITTED)
    base_events.require_other(by, held, *APPLIED)
    return move(
        held,
        ApplicationState.CHECKED,
        CHECKED,
        by=by,
        on=on,
        note=lines(opinion),
        criteria=asked,
        points=list(points),
        score=criteria.score(asked, points),
        opinion=lines(opinion),
    )


@transaction.atomic
def give_back(*, by: Actor, on: date, application: Application, reason: str) -> Application:
    """Return it with the reason: an officer before it is checked, an approver after.

    Raises NotPermitted, InvalidInput, ApplicationInState.
    """
    _require_text(reason=reason)
    held = locked(application, ApplicationState.SUBMITTED, *_TO_APPROVE[:2])
    submitted = held.state == ApplicationState.SUBMITTED
    require(
        by,
        Permission.BASE_EVALUATE if submitted else Permission.BASE_ACCREDIT,
        region_path=held.federation.region.path,
    )
    return move(
        held,
        ApplicationState.RETURNED,
        "base.application_returned",
        by=by,
        on=on,
        note=lines(reason),
        reason=lines(reason),
    )


@transaction.atomic
def accept(*, by: Actor, on: date, application: Application) -> Application:
    """Decide that it shall have the plaque, after public notice where the place wants one.

    Raises NotPermitted, OwnWork, ApplicationInState.
    """
    held = _to_decide(by, application, ApplicationState.CHECKED)
    return move(held, ApplicationState.ACCEPTED, "base.application_accepted", by=by, on=on, reason="")


@transaction.atomic
def refuse(*, by: Actor, on: date, application: Application, reason: str) -> Application:
    """Decide that it shall not, also when an objection to the notice was right.

    Raises NotPermitted, OwnWork, InvalidInput, ApplicationInState.
    """
    _require_text(reason=reason)
    held = _to_decide(by, application, *_TO_APPROVE)
    return move(
        held,
        ApplicationState.REFUSED,
        "base.application_refused",
        by=by,
        on=on,
        note=lines(reason),
        reason=lines(reason),
    )


@transaction.atomic
def accredit(
    *,
    by: Actor,
    on: date,
    application: Application,
    plaque_number: str,
    granted_on: date,
    valid_until: date | None = None,
    document: str = "",
) -> Accreditation:
    """Put the plaque up that was applied for.

    Raises NotPermitted, OwnWork, InvalidInput, AlreadyHeld, NoticeNotPassed, ApplicationInState.
    """
    held = _to_decide(by, application, ApplicationState.ACCEPTED, ApplicationState.ON_NOTICE)
    _require_noticed(held, on=on)
    accreditation = bases.accredit(
        by=by,
        on=on,
        base=held.base,
        federation=held.federation,
        level=held.level,
        plaque_number=plaque_number,
        granted_on=granted_on,
        valid_until=valid_until,
        document=document,
        kind=held.kind,
        categories=held.categories,
        renews=held.renews,
    )
    move(
        held,
        ApplicationState.ACCREDITED,
        "base.application_accredited",
        by=by,
        on=on,
        accreditation=accreditation,
    )
    return accreditation


@transaction.atomic
def publish(
    *,
    by: Actor,
    on: date,
    applications: Sequence[Application],
    federation: Federation | None = None,
    title: str = "",
    intro: str = "",
    ends_on: date | None = None,
) -> PublicNotice:
    """Put accepted applications to one federation on public notice, in its name or in that of one above it.

    Also those whose notice was taken down. Raises NotPermitted, InvalidInput, ApplicationInState and what a notice
    refuses.
    """
    asked = federation_of(applications)
    held = [locked(one, ApplicationState.ACCEPTED, ApplicationState.ON_NOTICE) for one in applications]
    notice = notices.publish(
        by=by,
        on=on,
        federation=federation or asked,
        kind=NoticeKind.ACCREDITATION,
        title=title or notice_title(asked),
        intro=intro,
        items=notice_items(held),
        ends_on=ends_on,
    )
    for one in held:
        move(one, ApplicationState.ON_NOTICE, "base.application_noticed", by=by, on=on)
    return notice


def federation_of(applications: Sequence[Application]) -> Federation:
    """The one federation that they are all addressed to. Raises InvalidInput."""
    found = {application.federation for application in applications}
    if len(found) != 1:
        raise InvalidInput(fields={"applications": "applications_of_one_federation"})
    return found.pop()


def notice_title(federation: Federation) -> str:
    """The public reads a notice in the language of the place, whichever the officer works in."""
    with translation.override("zh-hans"):
        return gettext("%(place)s拟挂牌职业技能培训机构公示") % {"place": federation.region.name}


def notice_items(applications: Sequence[Application]) -> list[Item]:
    """What the public reads of each: the base's neutral name, and what plaque it is to have."""
    with translation.override("zh-hans"):
        return [
            Item(
                one,
                one.base.public_name,
                f"{BaseKind(one.kind).label}，{AccreditationLevel(one.level).label}",
            )
            for one in applications
        ]


def _require_noticed(held: Application, *, on: date) -> None:
    path = held.federation.region.path
    needed = standards.value("accreditation_notice_needed", region_path=path, on=on)
    standing = notice_queries.standing(held, on)
    if not standing.lets_through(needed=needed):
        raise NoticeNotPassed(stand=str(standing.stand))


def _to_decide(by: Actor, application: Application, *states: ApplicationState) -> Application:
    require(by, Permission.BASE_ACCREDIT, region_path=application.federation.region.path)
    held = locked(application, *states)
    base_events.require_other(by, held, *PREPARED)
    return held


def _require_text(**texts: str) -> None:
    require_valid(Application, **{name: lines(text) for name, text in texts.items()})
    missing = {name: "field_missing" for name, text in texts.items() if not text.strip()}
    if missing:
        raise InvalidInput(fields=missing)
