"""Trainers: registered by their base, known again by a blind index alone, chosen for cohorts."""

from datetime import date, timedelta

import pytest
from django.db import connection

from courses.actions import sessions as timetable
from courses.actions import trainers
from courses.errors import RecordsClosed
from courses.models import Trainer
from courses.rules.sessions import NewSession
from courses.teaching_errors import TrainerKnown, TrainerTeaches
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.courses.factories import STARTS_ON, a_cohort, a_skill, a_trainer
from tests.registry.factories import a_base, a_citizen_id, an_actor

pytestmark = pytest.mark.django_db


def test_a_base_manager_registers_a_trainer_and_the_audit_row_names_nobody(today: date) -> None:
    base = a_base()
    trainer = trainers.register(
        by=an_actor("base_manager", base),
        on=today,
        base=base,
        name=" 王教师 ",
        phone="139 3800 0001",
        qualification="保健按摩师三级",
        skills=[a_skill()],
        access_skills=["sign_language", "braille"],
        active_from=today,
        citizen_id=a_citizen_id(3),
    )
    assert (trainer.name, trainer.access_skills) == ("王教师", ["braille", "sign_language"])
    facts = str(AuditEvent.objects.get(verb="trainer.registered").facts)
    assert "livestreaming" in facts
    assert all(secret not in facts for secret in ("王教师", "13938000001", a_citizen_id(3), "保健"))


def test_phone_and_citizen_id_stand_nowhere_in_clear() -> None:
    a_trainer(a_base(), phone="13938000001", citizen_id=a_citizen_id(3))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {Trainer._meta.db_table}")
        row = repr([bytes(one) if isinstance(one, memoryview) else one for one in cursor.fetchone()])
    assert a_citizen_id(3) not in row
    assert "13938000001" not in row
    assert Trainer.objects.get().phone == "13938000001"


@pytest.mark.parametrize("role", ["trainer", "federation_officer", "approver", "auditor"])
def test_nobody_else_registers_one(role: str, today: date) -> None:
    base = a_base()
    actor = an_actor(role, base if role == "trainer" else None)
    with pytest.raises(NotPermitted):
        trainers.register(by=actor, on=today, base=base, name="王教师", active_from=today)


def test_one_person_is_one_trainer_of_a_base(today: date) -> None:
    base = a_base()
    number = a_citizen_id(3)
    first = a_trainer(base, citizen_id=number)
    with pytest.raises(TrainerKnown):
        a_trainer(base, citizen_id=number)
    a_trainer(a_base(), citizen_id=number)
    # An empty number leaves the one that was given.
    trainers.edit(by=SYSTEM, on=today, trainer=first, name="新名")
    with pytest.raises(TrainerKnown):
        a_trainer(base, citizen_id=number)


def test_what_cannot_be_is_refused_by_its_field(today: date) -> None:
    base = a_base()
    with pytest.raises(InvalidInput) as refusal:
        a_trainer(
            base, active_from=today, active_until=today - timedelta(days=1), access_skills=["telepathy"]
        )
    assert refusal.value.facts["fields"] == {
        "access_skills": "field_choice",
        "active_until": "date_before_start",
    }


def test_a_change_says_what_changed_and_the_same_again_writes_nothing(today: date) -> None:
    trainer = a_trainer(a_base())
    for _time in range(2):
        trainer = trainers.edit(
            by=SYSTEM, on=today, trainer=trainer, skills=[a_skill()], access_skills=["sign_language"]
        )
    event = AuditEvent.objects.get(verb="trainer.edited")
    assert event.facts["after"]["access_skills"] == ["sign_language"]


def test_a_cohort_has_trainers_of_its_base_and_keeps_who_teaches(today: date) -> None:
    base = a_base()
    cohort = a_cohort(base)
    teaching, idle = a_trainer(base), a_trainer(base)
    trainers.assign(by=an_actor("base_manager", base), on=today, cohort=cohort, trainers=[teaching, idle])
    assert cohort.trainers.count() == 2
    with pytest.raises(InvalidInput):
        trainers.assign(by=SYSTEM, on=today, cohort=cohort, trainers=[a_trainer(a_base())])
    timetable.add_sessions(
        by=SYSTEM, on=today, cohort=cohort, sessions=[NewSession(STARTS_ON, 4, trainer=teaching.pk)]
    )
    with pytest.raises(TrainerTeaches) as refusal:
        trainers.assign(by=SYSTEM, on=today, cohort=cohort, trainers=[idle])
    assert refusal.value.facts["count"] == 1
    trainers.assign(by=SYSTEM, on=today, cohort=cohort, trainers=[teaching])
    assert [one.pk for one in cohort.trainers.all()] == [teaching.pk]


def test_the_trainers_of_a_finished_cohort_stay(today: date) -> None:
    cohort = a_cohort(state="assessing")
    with pytest.raises(RecordsClosed):
        trainers.assign(by=SYSTEM, on=today, cohort=cohort, trainers=[])


def test_evidence_is_kept_for_the_base_and_its_federation(today: date) -> None:
    base = a_base()
    trainer = a_trainer(base)
    kept = trainers.add_evidence(by=SYSTEM, on=today, trainer=trainer, name="资格证.pdf", data=b"%PDF-1.7 x")
    assert (kept.base_id, kept.region_id) == (base.pk, base.region_id)
