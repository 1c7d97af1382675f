"""Our own ledgers (台账): a cohort's roster with its outcomes, the people of a region, their employment."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from courses.models import Attendance, EmploymentSpell, Enrolment
from courses.models.enrolments import Outcome
from courses.queries.hours import attended_hours, planned_hours
from courses.queries.ledgers.wanted import Cells, Source, Sources, Wanted, cards, day
from courses.rules.ledgers import About, Field, Ledger, Mask, Sheet
from registry.models import EmploymentStatus, NeedRegistration, Person

NAME = Field("name", "姓名", Mask.NAME)
CITIZEN_ID = Field("citizen_id", "身份证号", Mask.CITIZEN_ID)
DISABILITY_NUMBER = Field("disability_number", "残疾人证号", Mask.DISABILITY_NUMBER)
CATEGORY = Field("disability_category", "残疾类别", Mask.HIDDEN)
GRADE = Field("disability_grade", "残疾等级", Mask.HIDDEN)
PHONE = Field("phone", "联系电话", Mask.PHONE)
SEX = Field("sex", "性别")

ROSTER = Ledger(
    "cohort_roster",
    About.COHORT,
    (
        Sheet(
            "roster",
            "花名册",
            (
                Field("number", "学员编号"),
                NAME,
                SEX,
                CITIZEN_ID,
                DISABILITY_NUMBER,
                CATEGORY,
                GRADE,
                PHONE,
                Field("enrolled_on", "报名日期"),
                Field("attended_hours", "出勤课时"),
                Field("planned_hours", "计划课时"),
                Field("score", "成绩"),
                Field("outcome", "结果"),
                Field("outcome_rule", "判定依据"),
                Field("outcome_on", "判定日期"),
            ),
        ),
    ),
)
PEOPLE = Ledger(
    "people",
    About.REGION,
    (
        Sheet(
            "people",
            "人员台账",
            (
                Field("number", "人员编号"),
                NAME,
                SEX,
                Field("birth_date", "出生日期", Mask.HIDDEN),
                CITIZEN_ID,
                DISABILITY_NUMBER,
                CATEGORY,
                GRADE,
                Field("kind", "人员类别"),
                Field("region", "地区"),
                Field("residence", "户口性质"),
                Field("education", "文化程度"),
                PHONE,
                Field("employment", "就业状况"),
                Field("training_need", "培训需求"),
                Field("completed", "结业次数"),
                Field("registered_on", "登记日期"),
            ),
        ),
    ),
)
EMPLOYMENT = Ledger(
    "employment",
    About.REGION,
    (
        Sheet(
            "employment",
            "就业台账",
            (
                Field("number", "就业记录编号"),
                NAME,
                CITIZEN_ID,
                Field("region", "地区"),
                Field("form", "就业形式"),
                Field("employer", "用人单位"),
                Field("post", "岗位"),
                Field("contract", "合同"),
                Field("insurance", "社会保险"),
                Field("found_through", "就业途径"),
                Field("started_on", "就业日期"),
                Field("ended_on", "离职日期"),
                Field("end_reason", "离职原因"),
                Field("cohort", "培训班"),
            ),
        ),
    ),
    by_year=True,
)


def _trainees(wanted: Wanted) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(cohort=wanted.cohort).select_related("person", "assessment")


def _roster(rows: list[Any], wanted: Wanted) -> list[Cells]:
    people = [row.person for row in rows]
    held = cards(people, on=wanted.on)
    attended = attended_hours(Attendance.objects.filter(enrolment__in=rows))
    planned = str(planned_hours(wanted.cohort)) if wanted.cohort else ""
    return [
        {
            "number": row.public_id,
            "name": row.person.name,
            "sex": row.person.get_sex_display(),
            "citizen_id": row.person.citizen_id,
            "disability_number": held[row.person_id].number if row.person_id in held else "",
            "disability_category": row.get_disability_category_display(),
            "disability_grade": str(row.disability_grade or ""),
            "phone": row.person.phone,
            "enrolled_on": day(row.enrolled_on),
            "attended_hours": str(attended.get(row.pk, 0)),
            "planned_hours": planned,
            "score": str(row.assessment.score) if hasattr(row, "assessment") else "",
            "outcome": row.get_outcome_display(),
            "outcome_rule": row.get_outcome_rule_display(),
            "outcome_on": day(row.outcome_on),
        }
        for row in rows
    ]


def _registered(wanted: Wanted) -> QuerySet[Person]:
    completed = Count("enrolments", filter=Q(enrolments__outcome=Outcome.COMPLETED))
    found = Person.objects.filter(region__path__startswith=wanted.region_path)
    return found.select_related("region").annotate(completed=completed)


def _people(rows: list[Any], wanted: Wanted) -> list[Cells]:
    held = cards(rows, on=wanted.on)
    statuses = EmploymentStatus.objects.filter(person__in=rows, since__lte=wanted.on).order_by("since", "pk")
    work = {status.person_id: status.get_status_display() for status in statuses}
    needs = NeedRegistration.objects.filter(person__in=rows, registered_on__lte=wanted.on)
    wants = {need.person_id: need.training_need for need in needs.order_by("registered_on", "pk")}
    return [
        {
            "number": person.public_id,
            "name": person.name,
            "sex": person.get_sex_display(),
            "birth_date": day(person.birth_date),
            "citizen_id": person.citizen_id,
            "disability_number": held[person.pk].number if person.pk in held else "",
            "disability_category": held[person.pk].get_category_display() if person.pk in held else "",
            "disability_grade": str(held[person.pk].grade) if person.pk in held else "",
            "kind": person.get_kind_display(),
            "region": person.region.name,
            "residence": person.get_residence_display(),
            "education": person.education,
            "phone": person.phone,
            "employment": work.get(person.pk, ""),
            "training_need": _yes_or_no(wants.get(person.pk)),
            "completed": str(person.completed),
            "registered_on": day(person.registered_on),
        }
        for person in rows
    ]


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else "有" if value else "无"


def _spells(wanted: Wanted) -> QuerySet[EmploymentSpell]:
    found = EmploymentSpell.objects.standing().filter(
        person__region__path__startswith=wanted.region_path, started_on__year=wanted.year
    )
    return found.select_related("person__region", "enrolment__cohort")


def _employment(rows: list[Any], wanted: Wanted) -> list[Cells]:
    return [
        {
            "number": spell.public_id,
            "name": spell.person.name,
            "citizen_id": spell.person.citizen_id,
            "region": spell.person.region.name,
            "form": spell.get_form_display(),
            "employer": spell.employer_name,
            "post": spell.post,
            "contract": spell.get_contract_display(),
            "insurance": spell.get_insurance_display(),
            "found_through": spell.get_found_through_display(),
            "started_on": day(spell.started_on),
            "ended_on": day(spell.ended_on),
            "end_reason": spell.get_end_reason_display(),
            "cohort": spell.enrolment.cohort.name if spell.enrolment else "",
        }
        for spell in rows
    ]


SOURCES: Sources = {
    (ROSTER.key, "roster"): Source(_trainees, _roster),
    (PEOPLE.key, "people"): Source(_registered, _people),
    (EMPLOYMENT.key, "employment"): Source(_spells, _employment),
}
