"""Who meets the conditions of a scheme, for which sum: every person of a cohort, or one person."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, QuerySet

from courses.models import Attendance, EmploymentSpell
from courses.models.employment import Contract, EmploymentForm
from courses.models.enrolments import Outcome
from courses.models.subsidies import SubsidyClaim, SubsidyItem
from courses.queries import qualifications
from courses.queries.clashes import Clash, clashes
from courses.queries.hours import attended_hours, planned_hours
from courses.rules.attendance import COUNTS_AS_THERE
from courses.rules.outcomes import attendance_percent
from courses.rules.qualifications import Qualification
from courses.rules.subsidies import Facts, Finding, judge
from registry.queries import standards

Judged = tuple[SubsidyItem, list[Clash]]
NOTHING = Decimal(0)


def for_cohort(claim: SubsidyClaim, *, on: date) -> list[Judged]:
    """Every person of the claim's cohort in roster order, as items that are not saved; the claim may be unsaved too.

    Whoever does not meet a condition, or whose cost is charged elsewhere, is left out: `findings` say why. The number of
    queries does not grow with the cohort.
    """
    scheme, cohort = claim.scheme, claim.cohort
    assert cohort is not None  # noqa: S101  # who calls has a cohort
    enrolments = list(cohort.enrolments.select_related("person__region"))
    people = [enrolment.person_id for enrolment in enrolments]
    attendances = Attendance.objects.filter(session__cohort=cohort)
    hours, planned, days = attended_hours(attendances), planned_hours(cohort), _attended_days(attendances)
    families = _families(claim, people, skill=cohort.course.skill_id, on=on)
    found_work = _found_work(claim, people, on=on)
    judged = []
    for enrolment in enrolments:
        attended = hours.get(enrolment.pk, 0)
        facts = Facts(
            on=claim.claimed_on,
            completed=enrolment.outcome == Outcome.COMPLETED,
            attendance_percent=attendance_percent(attended_hours=attended, planned_hours=planned),
            families=frozenset(families.get(enrolment.person_id, ())),
        )
        work = "employed" if enrolment.person_id in found_work else "unemployed"
        amount = scheme.terms.amount(
            days=days.get(enrolment.pk, 0), hours=attended, cases={cohort.delivery_mode, work}
        )
        item = SubsidyItem(
            claim=claim,
            person=enrolment.person,
            cohort=cohort,
            item=scheme.item,
            skill_id=cohort.course.skill_id,
            level=cohort.course.level,
        )
        judged.append((item, judge(scheme.conditions, facts), amount))
    return _weighed(judged, on=on)


def for_person(claim: SubsidyClaim, *, on: date, business_uscc: str = "", certificate_id: str = "") -> Judged:
    """One person under a scheme for a fact of life: a certificate, or a business since `claim.business_since`."""
    scheme, person = claim.scheme, claim.person
    assert person is not None  # noqa: S101  # who calls has a person
    item = SubsidyItem(claim=claim, person=person, item=scheme.item, business_uscc=business_uscc)
    families: frozenset[str] = frozenset()
    has_earlier = False
    if not scheme.is_for_business:
        listed = qualifying(claim, on=on)
        chosen = next((one for one in listed if one.public_id == certificate_id and one.in_force), None)
        if chosen is not None:
            families = frozenset({chosen.family})
            has_earlier = listed[0] != chosen
            item.skill_id, item.level, item.certificate_id = chosen.skill_id, chosen.level, chosen.public_id
    facts = Facts(
        on=claim.claimed_on,
        families=families,
        has_earlier_certificate=has_earlier,
        business_since=claim.business_since,
        has_earlier_business=scheme.is_for_business and _had_business(claim, business_uscc),
    )
    amount = scheme.terms.amount(days=1, hours=1, cases=())
    return _weighed([(item, judge(scheme.conditions, facts), amount)], on=on)[0]


def qualifying(claim: SubsidyClaim, *, on: date) -> list[Qualification]:
    """The person's certificates of the families that the scheme lists, the oldest first."""
    assert claim.person_id is not None  # noqa: S101
    listed = claim.scheme.conditions.get("certificate_families", [])
    return [one for one in qualifications.held([claim.person_id], on=on) if one.family in listed]


def _weighed(judged: Sequence[tuple[SubsidyItem, list[Finding], Decimal]], *, on: date) -> list[Judged]:
    """The items with their findings, sums and clashes: who misses anything gets nothing."""
    found = clashes([item for item, _findings, _amount in judged], on=on)
    weighed = []
    for item, findings, amount in judged:
        against = found.get((item.claim_id, item.person_id), [])
        reasons = [asdict(finding) for finding in findings]
        reasons += [
            {"condition": why, "met": False, "asked": None, "found": None}
            for why in dict.fromkeys(clash.why for clash in against)
        ]
        if not amount:
            reasons.append({"condition": "attended", "met": False, "asked": None, "found": None})
        item.findings = reasons
        item.is_left_out = not all(reason["met"] for reason in reasons)
        item.amount = NOTHING if item.is_left_out else amount
        item.holds = not item.is_left_out
        weighed.append((item, against))
    return weighed


def _attended_days(attendances: QuerySet[Attendance]) -> dict[int, int]:
    """Days on which each enrolment was there at least once."""
    return dict(
        attendances.filter(presence__in=COUNTS_AS_THERE)
        .order_by()
        .values_list("enrolment_id")
        .annotate(days=Count("session__on", distinct=True))
    )


def _families(claim: SubsidyClaim, people: Sequence[int], *, skill: int, on: date) -> dict[int, set[str]]:
    """Families of the certificates in force for the skill that was taught; asked only where the scheme asks."""
    if not claim.scheme.conditions.get("certificate_families"):
        return {}
    families: dict[int, set[str]] = {}
    for one in qualifications.held(people, on=on):
        if one.in_force and one.skill_id == skill:
            families.setdefault(one.person_id, set()).add(one.family)
    return families


def _found_work(claim: SubsidyClaim, people: Sequence[int], *, on: date) -> set[int]:
    """Who began work between the start of the cohort and the end of the window for it (docs/domain.md §5.4)."""
    cohort = claim.cohort
    if cohort is None or "unemployed" not in claim.scheme.shares:
        return set()
    window = standards.value("conversion_window_days", region_path=claim.region.path, on=on)
    spells = EmploymentSpell.objects.standing().filter(
        person__in=people,
        started_on__range=(cohort.starts_on, min(on, cohort.ends_on + timedelta(days=window))),
    )
    return set(spells.values_list("person_id", flat=True))


def _had_business(claim: SubsidyClaim, uscc: str) -> bool:
    """Whether the person ran a business of this kind before: their own, or their own massage shop."""
    own = EmploymentSpell.objects.standing().filter(
        person=claim.person_id, started_on__lt=claim.business_since or claim.claimed_on
    )
    if claim.scheme.kind == "massage_shop_startup":
        own = own.filter(form=EmploymentForm.MASSAGE, contract__in=("", Contract.NONE))
    else:
        own = own.filter(form=EmploymentForm.SELF_EMPLOYED)
    return own.exclude(employer_uscc=uscc or "-").exists()
