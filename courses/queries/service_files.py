"""A service file: everything that is known of one person's way to work and of what was done for it (一人一档)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from courses.models import AbilityAssessment, FollowUp, Graduation, ServicePlan, Skill
from courses.queries import counsellors, employment, qualifications, service_records
from courses.queries.hours import trainings_of
from courses.queries.service_records import Step
from courses.rules.qualifications import Qualification
from courses.rules.services_due import Situation
from registry.models import HardshipStatus, Person
from registry.models.people import PersonKind
from registry.models.standing import Employment
from registry.queries import people
from registry.rules.access import Actor
from registry.rules.citizen_ids import Sex, in_working_age
from registry.rules.hardship import MONITORED


@dataclass(frozen=True)
class Owed:
    """What of a year's services is owed to a person, and what of it is still missing."""

    situation: Situation
    four_ones: list[Step]
    one_three_one: list[Step]

    @property
    def missing(self) -> list[Step]:
        return [step for step in (*self.four_ones, *self.one_three_one) if not step.is_done]


def owed(person: Person, *, on: date) -> Owed:
    """“四个一” and “131” of the day's year as far as they are owed to this person; eight queries."""
    holds = people.standing(person, on=on)
    kinds = HardshipStatus.objects.standing(on).filter(person=person, kind__in=sorted(MONITORED))
    status, need = holds["employment"], holds["need"]
    situation = Situation(
        is_disabled=person.kind == PersonKind.DISABLED,
        in_working_age=in_working_age(Sex(person.sex), person.birth_date, on),
        is_employed=None if status is None else status.status == Employment.EMPLOYED,
        wants_work=None if need is None else need.employment_need,
        is_monitored=kinds.exists(),
    )
    steps = service_records.steps(person, year=on.year)
    four = steps["four_ones"] if situation.owes_all_four else steps["four_ones"][:1]
    return Owed(
        situation,
        four if situation.owes_verification else [],
        steps["one_three_one"] if situation.owes_131 else [],
    )


def certificates(person: Person, *, on: date) -> list[tuple[str, Qualification]]:
    """The certificates of a person with the names of their skills, the latest first; three queries."""
    held = qualifications.held([person.pk], on=on)
    named = Skill.objects.in_bulk([one.skill_id for one in held])
    return [(str(named[one.skill_id]), one) for one in reversed(held)]


def file_of(actor: Actor, person: Person, *, on: date) -> dict[str, Any]:
    """What the page of the file shows, in a fixed number of queries."""
    assessments = AbilityAssessment.objects.filter(person=person, assessed_on__lte=on)
    follow_ups = FollowUp.objects.visible_to(actor).filter(person=person)
    plans = ServicePlan.objects.visible_to(actor).filter(person=person).prefetch_related("reviews")
    return {
        "owed": owed(person, on=on),
        "hardships": list(HardshipStatus.objects.standing(on).filter(person=person)),
        "assessment": assessments.prefetch_related("suited_skills").first(),
        "plans": list(plans),
        "counsellors": counsellors.history(person),
        "records": service_records.of_person(actor, person)[:100],
        "graduations": Graduation.objects.visible_to(actor).filter(person=person),
        "trainings": trainings_of(actor, person),
        "certificates": certificates(person, on=on),
        "spells": list(employment.history(actor, person)),
        "follow_ups": follow_ups.select_related("spell", "enrolment__cohort", "graduation"),
        **people.standing(person, on=on),
    }
