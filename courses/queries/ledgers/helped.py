"""Ledgers of who is helped: 就业帮扶台账 (docs/domain.md §2.2 T13, T44) and 一生一策台账 (T19, T20)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from courses.models import (
    AbilityAssessment,
    CounsellorAssignment,
    EmploymentSpell,
    Enrolment,
    Graduation,
    ServicePlan,
    ServiceRecord,
)
from courses.models.enrolments import Outcome
from courses.models.service_records import ServiceKind
from courses.queries.ledgers.ours import CITIZEN_ID, NAME, PHONE, SEX
from courses.queries.ledgers.wanted import Cells, Source, Sources, Wanted, day
from courses.rules.ledgers import About, Field, Ledger, Mask, Sheet
from registry.models import EmploymentStatus, HardshipStatus, NeedRegistration, Person
from registry.models.people import PersonKind
from registry.models.standing import Employment

_WHO = (Field("number", "人员编号"), NAME, SEX, CITIZEN_ID, PHONE, Field("region", "地区"))
_DONE = (
    Field("employment", "就业状况"),
    Field("employment_need", "就业需求"),
    Field("counsellor", "就业辅导员"),
    Field("plan_opened_on", "建档日期"),
    Field("plan_aim", "目标", Mask.HIDDEN),
    Field("plan_steps", "措施", Mask.HIDDEN),
    Field("plan_reviewed_on", "最近一次回顾"),
    Field("verified_on", "基础信息核对"),
    Field("assessed_on", "职业能力评估"),
    Field("need_on", "就业需求登记"),
    Field("served_on", "就业服务"),
    Field("guidance", "职业指导"),
    Field("vacancy", "推荐岗位信息"),
    Field("referral", "推荐培训项目"),
    Field("trainings", "结业的培训"),
    Field("job_form", "就业形式"),
    Field("job_employer", "用人单位"),
    Field("job_started_on", "就业日期"),
)
ASSISTANCE = Ledger(
    "assistance",
    About.REGION,
    (
        Sheet(
            "assistance",
            "就业帮扶台账",
            (
                *_WHO,
                Field("hardship", "困难类别", Mask.HIDDEN),
                Field("hardship_since", "认定日期"),
                *_DONE,
            ),
        ),
    ),
    by_year=True,
)
GRADUATES = Ledger(
    "graduate_plans",
    About.REGION,
    (
        Sheet(
            "graduates",
            "一生一策台账",
            (
                *_WHO,
                Field("graduated_on", "毕业日期"),
                Field("level", "学历"),
                Field("school", "学校"),
                *_DONE,
            ),
        ),
    ),
    by_year=True,
)


def _last_day(wanted: Wanted) -> date:
    """The last day of the year asked for that is known of."""
    return min(wanted.on, date(wanted.year or wanted.on.year, 12, 31))


def _helped(wanted: Wanted) -> QuerySet[Any]:
    """Disabled people of a hardship class who were without work at the year's end, or found some in the year."""
    last = _last_day(wanted)
    standing = HardshipStatus.objects.standing(last).filter(person=OuterRef("pk"))
    status = EmploymentStatus.objects.filter(person=OuterRef("pk"), since__lte=last).order_by("-since")
    found = EmploymentSpell.objects.standing().filter(
        person=OuterRef("pk"), started_on__year=last.year, started_on__lte=last
    )
    people: Any = Person.objects.filter(kind=PersonKind.DISABLED, region__path__startswith=wanted.region_path)
    people = people.annotate(employment=Subquery(status.values("status")[:1]))
    people = people.filter(Exists(standing), Q(employment=Employment.UNEMPLOYED) | Exists(found))
    return people.select_related("region")


def _assistance(rows: list[Any], wanted: Wanted) -> list[Cells]:
    last = _last_day(wanted)
    classes: dict[int, list[HardshipStatus]] = defaultdict(list)
    for row in HardshipStatus.objects.standing(last).filter(person__in=rows).order_by("since", "pk"):
        classes[row.person_id].append(row)
    done = _done(rows, last)
    return [
        _identity(person)
        | {
            "hardship": "、".join(str(row.get_kind_display()) for row in classes[person.pk]),
            "hardship_since": day(classes[person.pk][0].since),
        }
        | done[person.pk]
        for person in rows
    ]


def _classes(wanted: Wanted) -> QuerySet[Graduation]:
    """Graduations of the year, of disabled people who are managed in the region."""
    rows = Graduation.objects.filter(
        person__kind=PersonKind.DISABLED,
        person__region__path__startswith=wanted.region_path,
        graduated_on__year=wanted.year,
    )
    return rows.select_related("person__region")


def _graduates(rows: list[Any], wanted: Wanted) -> list[Cells]:
    """A graduate is followed for years: what was done since, up to the day as which it is read."""
    done = _done([row.person for row in rows], wanted.on, whole=True)
    return [
        _identity(row.person)
        | {
            "graduated_on": day(row.graduated_on),
            "level": str(row.get_level_display()),
            "school": row.school,
        }
        | done[row.person_id]
        for row in rows
    ]


def _identity(person: Person) -> Cells:
    return {
        "number": person.public_id,
        "name": person.name,
        "sex": str(person.get_sex_display()),
        "citizen_id": person.citizen_id,
        "phone": person.phone,
        "region": person.region.name,
    }


def _done(people: list[Any], last: date, *, whole: bool = False) -> dict[int, Cells]:
    """What was done for each by the day, in its year or in the `whole` time; in eight queries."""
    first = date.min if whole else date(last.year, 1, 1)
    days = (first, last)
    services: dict[int, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
    records = ServiceRecord.objects.filter(person__in=people, on__range=days).order_by("on")
    for person, kind, on in records.values_list("person_id", "kind", "on"):
        services[person][kind].append(on)
    statuses = _latest(
        EmploymentStatus.objects.filter(person__in=people, since__lte=last).order_by("since", "pk")
    )
    needs = _latest(
        NeedRegistration.objects.filter(person__in=people, registered_on__lte=last).order_by("registered_on")
    )
    assessed = _latest(
        AbilityAssessment.objects.filter(person__in=people, assessed_on__range=days).order_by("assessed_on")
    )
    counsellors = _latest(
        CounsellorAssignment.objects.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=last), person__in=people, since__lte=last
        )
        .select_related("counsellor")
        .order_by("since", "pk")
    )
    plans = _latest(
        ServicePlan.objects.filter(person__in=people, opened_on__lte=last).order_by("opened_on", "pk")
    )
    jobs = _latest(
        EmploymentSpell.objects.standing()
        .filter(person__in=people, started_on__range=days)
        .order_by("started_on", "pk")
    )
    trained: dict[int, list[str]] = defaultdict(list)
    completed = Enrolment.objects.filter(
        person__in=people, outcome=Outcome.COMPLETED, outcome_on__range=days
    ).order_by("outcome_on", "pk")
    for pk, name in completed.values_list("person_id", "cohort__course__name"):
        trained[pk].append(name)
    found: dict[int, Cells] = {}
    for person in people:
        pk = person.pk
        own, plan, job, need = services[pk], plans.get(pk), jobs.get(pk), needs.get(pk)
        found[pk] = {
            "employment": str(statuses[pk].get_status_display()) if pk in statuses else "",
            "employment_need": "" if need is None else "有" if need.employment_need else "无",
            "counsellor": counsellors[pk].counsellor.name if pk in counsellors else "",
            "plan_opened_on": day(plan.opened_on) if plan else "",
            "plan_aim": plan.aim if plan else "",
            "plan_steps": plan.steps if plan else "",
            "plan_reviewed_on": day(plan.reviewed_on) if plan else "",
            "verified_on": _days(own[ServiceKind.VERIFICATION]),
            "assessed_on": day(assessed[pk].assessed_on) if pk in assessed else "",
            "need_on": day(need.registered_on) if need and need.registered_on >= first else "",
            "served_on": _days(own[ServiceKind.EMPLOYMENT_SERVICE]),
            "guidance": _days(own[ServiceKind.GUIDANCE]),
            "vacancy": _days(own[ServiceKind.VACANCY]),
            "referral": _days(own[ServiceKind.REFERRAL]),
            "trainings": "、".join(trained[pk]),
            "job_form": str(job.get_form_display()) if job else "",
            "job_employer": job.employer_name if job else "",
            "job_started_on": day(job.started_on) if job else "",
        }
    return found


def _latest(rows: Iterable[Any]) -> dict[int, Any]:
    """The last of these rows for each person."""
    return {row.person_id: row for row in rows}


def _days(days: list[date]) -> str:
    return "、".join(one.isoformat() for one in days)


SOURCES: Sources = {
    (ASSISTANCE.key, "assistance"): Source(_helped, _assistance),
    (GRADUATES.key, "graduates"): Source(_classes, _graduates),
}
