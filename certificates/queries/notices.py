"""Certificates on public notice: who of a cohort can be put on one, and whom one holds back."""

from datetime import date

from django.conf import settings

from certificates.errors import NoticeNeeded, NoticeObjected, OnNotice
from certificates.queries.cohorts import ready
from certificates.rules import wording
from courses.models import Cohort, Enrolment
from registry.queries import standards
from registry.queries.notices import standings
from registry.rules.notices import Item, Stand, Standing

LONGEST_TITLE = 80
_WHAT = "拟发证书人员名单"
# What the public reads is Chinese, in whatever language the officer works.
INTRO = "下列学员已经结业，拟发培训合格证书。有不同意见的，请在公示期内提出。"


def require_free(standing: Standing, *, needed: bool) -> None:
    """Raises NoticeNeeded, OnNotice or NoticeObjected where the public notice does not let a certificate through yet."""
    if standing.lets_through(needed=needed):
        return
    if standing.stand is Stand.RUNNING:
        raise OnNotice(until=standing.until.isoformat() if standing.until else "")
    raise NoticeObjected() if standing.stand is Stand.OBJECTED else NoticeNeeded()


def needed(cohort: Cohort, *, on: date) -> bool:
    """Whether certificates of this cohort must pass a public notice first; one query."""
    return bool(standards.value("certificate_notice_needed", region_path=cohort.base.region.path, on=on))


def of_ready(cohort: Cohort, *, on: date) -> dict[int, Standing]:
    """What the notices say of those who can get a certificate, by enrolment; two queries."""
    return standings(Enrolment, ready(cohort).values_list("pk", flat=True), on)


def items(cohort: Cohort, *, on: date) -> list[Item]:
    """Who can be put on notice: earned a certificate, is not on a notice and has not passed one. Names are masked."""
    course = cohort.course
    name = wording.neutral_name(course.name, settings.DISCLOSING_WORDS)
    text = "，".join(part for part in (name, str(course.get_level_display()) if course.level else "") if part)
    held = of_ready(cohort, on=on)
    return [
        Item.of_person(enrolment, enrolment.person.name, text)
        for enrolment in ready(cohort)
        if _can_be_put(held[enrolment.pk], on)
    ]


def title(cohort: Cohort) -> str:
    """A title that the officer may change: the class without words that disclose."""
    name = wording.neutral_name(cohort.name, settings.DISCLOSING_WORDS)
    whole = f"{cohort.base.public_name}{name}{_WHAT}"
    return whole if len(whole) <= LONGEST_TITLE else f"{name[: LONGEST_TITLE - len(_WHAT)]}{_WHAT}"


def _can_be_put(standing: Standing, on: date) -> bool:
    is_over = standing.until is not None and standing.until < on
    return standing.stand is Stand.NONE or (standing.stand is Stand.OBJECTED and is_over)
