"""Pages of employment, follow-ups, counsellors, services and rates, for the browser."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.actions import abilities, employment, follow_ups, service_plans, service_records
from courses.models import Cohort, FollowUp
from courses.rules.employment import add_months
from registry.actions import hardship, standing
from registry.models import Account, Person
from registry.requests import today
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.conftest import TODAY
from tests.courses.employment_factories import a_counsellor, a_spell
from tests.courses.factories import STARTS_ON, a_completed_cohort, a_skill, some_people
from tests.registry.factories import a_base, a_federation, a_person, an_account

NOW = today()
"""These pages show what is due on the day on which they are opened."""


def a_placed_cohort() -> Cohort:
    """Five who had no work: two found some, and one of them left it again."""
    base = a_base()
    people = some_people(5, base)
    for person in people:
        standing.record_employment(
            by=SYSTEM, on=STARTS_ON, person=person, status="unemployed", since=STARTS_ON - timedelta(days=30)
        )
    cohort = a_completed_cohort(base, people=people)
    first, second, *_others = cohort.enrolments.all()
    job = a_spell(enrolment=first, started_on=TODAY, employer_uscc="", found_through="base")
    employment.add_evidence(by=SYSTEM, on=TODAY, spell=job, name="劳动合同.pdf", data=b"%PDF-1.7 contract")
    later = TODAY + timedelta(days=60)
    a_spell(
        enrolment=second,
        started_on=TODAY,
        on=later,
        form="new_form",
        new_form="livestreaming",
        employer_name="",
        ended_on=later,
        end_reason="health",
    )
    return cohort


def the_first(cohort: Cohort) -> Person:
    return cohort.enrolments.first().person  # type: ignore[union-attr]


def counsellor_of(*people: Person) -> Account:
    return a_counsellor(*people, region="620502")


def of_person(name: str, post: Mapping[str, Any] | None = None, query: str = "") -> Visit:
    person = the_first(a_placed_cohort())
    return Visit(counsellor_of(person), reverse(f"courses:{name}", args=[person.public_id]) + query, post)


def a_full_life(role: str = "") -> Visit:
    """Everything that a person's page can show."""
    cohort = a_placed_cohort()
    person = the_first(cohort)
    account = counsellor_of(person)
    follow_ups.make_due(on=add_months(TODAY, 6))
    follow_ups.record(
        by=SYSTEM,
        on=add_months(TODAY, 6),
        follow_up=FollowUp.objects.filter(person=person).latest("due_on"),
        contacted_on=add_months(TODAY, 6),
        channel="phone",
        result="employed",
    )
    for kind, summary in (("employment_service", "陪同面试"), ("referral", "电商客服班"), ("guidance", "")):
        service_records.record(by=SYSTEM, on=NOW, person=person, kind=kind, day=NOW, summary=summary)
    wrong = a_spell(person, TODAY - timedelta(days=400), ended_on=TODAY, end_reason="resigned")
    employment.undo(by=SYSTEM, on=NOW, spell=wrong, reason="张冠李戴")
    service_records.record_graduation(
        by=SYSTEM, on=NOW, person=person, graduated_on=TODAY - timedelta(days=360), level="bachelor"
    )
    if role:
        account = an_account(role, a_federation("620500"))
    return Visit(account, reverse("courses:person-employment", args=[person.public_id]))


def of_spell(name: str, post: Mapping[str, Any] | None = None, undone: bool = False) -> Visit:
    cohort = a_placed_cohort()
    spell = the_first(cohort).employment_spells.get()
    account = counsellor_of(spell.person)
    if undone:
        employment.undo(by=SYSTEM, on=TODAY, spell=spell, reason="张冠李戴")
    return Visit(account, reverse(f"courses:{name}", args=[spell.public_id]), post)


def of_cohort(name: str, post: Mapping[str, Any] | None = None, role: str = "base_manager") -> Visit:
    cohort = a_placed_cohort()
    place = cohort.base if role == "base_manager" else a_federation("620500")
    address = reverse(f"courses:{name}", args=[cohort.public_id])
    return Visit(an_account(role, place), address, post)


def a_bad_row() -> Visit:
    cohort = a_placed_cohort()
    row = cohort.enrolments.last()
    assert row is not None
    typed = {f"{row.public_id}-employed": "on", f"{row.public_id}-form": "quota"}
    address = reverse("courses:cohort-employment", args=[cohort.public_id])
    return Visit(an_account("base_manager", cohort.base), address, typed)


def a_bad_sheet() -> Visit:
    cohort = a_placed_cohort()
    row = cohort.enrolments.last()
    assert row is not None
    text = f"学员编号,姓名,就业形式,就业日期\n{row.public_id},{row.person.name},打工,昨天\n"
    sheet = SimpleUploadedFile("就业.csv", text.encode())
    address = reverse("courses:cohort-employment-upload", args=[cohort.public_id])
    return Visit(an_account("base_manager", cohort.base), address, {"upload-file": sheet})


def due(query: str = "", done: str = "", post: Mapping[str, Any] | None = None) -> Visit:
    """A list of questions, one's own and others'; or the first of them."""
    person = the_first(a_placed_cohort())
    account = counsellor_of(person)
    # Some days ago the last ones fell due: a year after that they would be asked no more.
    follow_ups.make_due(on=add_months(TODAY, 12))
    if not done:
        return Visit(account, reverse("courses:follow-ups") + query)
    first = FollowUp.objects.filter(person=person).earliest("due_on")
    if done != "no":
        follow_ups.record(
            by=SYSTEM, on=NOW, follow_up=first, contacted_on=NOW, channel="phone", result=done, note="没人接"
        )
    return Visit(account, reverse("courses:follow-up", args=[first.public_id]), post)


def assigning(post: Mapping[str, Any] | None = None, query: str = "") -> Visit:
    counsellor_of(the_first(a_placed_cohort()))
    officer = an_account("federation_officer", a_federation("620500"))
    return Visit(officer, reverse("courses:counsellors") + query, post)


def serving(post: Mapping[str, Any] | None = None, query: str = "") -> Visit:
    a_placed_cohort()
    officer = an_account("federation_officer", a_federation("620500"))
    return Visit(officer, reverse("courses:without-service") + query, post)


def a_helped_person() -> Person:
    """Of a monitored household, with a plan that was reviewed, a closed one, and one more of the family."""
    person = a_person(70, residence="rural")
    standing.record_employment(
        by=SYSTEM, on=STARTS_ON, person=person, status="unemployed", since=STARTS_ON - timedelta(days=30)
    )
    standing.record_need(
        by=SYSTEM, on=STARTS_ON, person=person, training_need=True, employment_need=True, employable=True
    )
    for kind in ("unstable_household", "several_disabled"):
        hardship.record(by=SYSTEM, on=TODAY, person=person, kind=kind, since=STARTS_ON)
    a_person(71, household_of=person, kind="household_member", category="")
    abilities.record(
        by=SYSTEM,
        on=NOW,
        person=person,
        assessed_on=NOW,
        assessor="区就业服务中心",
        conclusion="可以坐着上班",
        suited_skills=[a_skill()],
    )
    service_records.record(by=SYSTEM, on=NOW, person=person, kind="guidance", day=NOW, summary="谈了两次")
    for closed in (True, False):
        plan = service_plans.open_plan(
            by=SYSTEM,
            on=NOW,
            person=person,
            kind="hardship",
            aim="年底前在县里上班",
            steps="先学电商客服\n再去面试",
            opened_on=STARTS_ON,
        )
        service_plans.review(
            by=SYSTEM, on=NOW, plan=plan, reviewed_on=TODAY, finding="报了名", aim="年底前上班", steps="面试"
        )
        if closed:
            service_plans.close(by=SYSTEM, on=NOW, plan=plan, closed_on=TODAY, reason="other")
    return person


def of_file(name: str, role: str = "") -> Visit:
    person = a_helped_person()
    account = an_account(role, a_federation("620500")) if role else counsellor_of(person)
    return Visit(account, reverse(f"courses:{name}", args=[person.public_id]))


def of_plan(name: str, post: Mapping[str, Any] | None = None) -> Visit:
    person = a_helped_person()
    plan = person.service_plans.get(closed_on=None)
    return Visit(counsellor_of(person), reverse(f"courses:{name}", args=[plan.public_id]), post)


def helping(name: str, query: str = "") -> Visit:
    person = a_helped_person()
    if name == "service-plans" and not query:
        plan = person.service_plans.get(closed_on=None)
        service_plans.close(by=SYSTEM, on=NOW, plan=plan, closed_on=NOW, reason="other")
    return Visit(counsellor_of(person), reverse(f"courses:{name}") + query)


def a_referral(kind: str = "referral", post: Mapping[str, Any] | None = None) -> Visit:
    person = the_first(a_placed_cohort())
    made = service_records.record(
        by=SYSTEM, on=NOW, person=person, kind=kind, day=NOW, summary="县里的电商客服班"
    )
    return Visit(counsellor_of(), reverse("courses:service-record", args=[made.public_id]), post)


def figures(query: str = "", role: str = "auditor", status: int = 0) -> Visit:
    a_placed_cohort()
    return Visit(an_account(role, a_federation("620500")), reverse("courses:rates") + query, status=status)


def no_figures() -> Visit:
    return Visit(an_account("read_only", a_federation("211100")), reverse("courses:rates"))


def ledger(query: str = "", status: int = 0) -> Visit:
    a_placed_cohort()
    auditor = an_account("auditor", a_federation("620500"))
    return Visit(auditor, reverse("courses:employment") + query, status=status)


VISITS: dict[str, Callable[[], Visit]] = {
    "courses:employment": ledger,
    "courses:employment, nothing fits": lambda: ledger("?since=2030-01-01"),
    "courses:employment, no such day": lambda: ledger("?since=soon", 422),
    "courses:cohort-employment": lambda: of_cohort("cohort-employment"),
    "courses:cohort-employment, to look at": lambda: of_cohort("cohort-employment", role="auditor"),
    "courses:cohort-employment, nobody ticked": lambda: of_cohort("cohort-employment", {}),
    "courses:cohort-employment, a bad row": a_bad_row,
    "courses:cohort-employment-upload, no file": lambda: of_cohort("cohort-employment-upload", {}),
    "courses:cohort-employment-upload, a bad row": a_bad_sheet,
    "courses:person-employment": a_full_life,
    "courses:person-employment, to look at": lambda: a_full_life("auditor"),
    "courses:new-spell": lambda: of_person("new-spell"),
    "courses:new-spell, nothing filled in": lambda: of_person("new-spell", {}),
    "courses:new-spell, two jobs at once": lambda: of_person(
        "new-spell", {"form": "home_based", "started_on": str(TODAY)}
    ),
    "courses:spell": lambda: of_spell("spell"),
    "courses:spell, undone": lambda: of_spell("spell", undone=True),
    "courses:spell, no file": lambda: of_spell("spell", {}),
    "courses:end-spell": lambda: of_spell("end-spell"),
    "courses:end-spell, nothing filled in": lambda: of_spell("end-spell", {}),
    "courses:correct-spell": lambda: of_spell("correct-spell"),
    "courses:correct-spell, nothing filled in": lambda: of_spell("correct-spell", {}),
    "courses:undo-spell": lambda: of_spell("undo-spell"),
    "courses:undo-spell, nothing filled in": lambda: of_spell("undo-spell", {}),
    "courses:new-service-record": lambda: of_person("new-service-record"),
    "courses:new-service-record, nothing filled in": lambda: of_person("new-service-record", {}),
    "courses:graduation": lambda: of_person("graduation"),
    "courses:graduation, nothing filled in": lambda: of_person("graduation", {}),
    "courses:without-service": serving,
    "courses:without-service, nobody ticked": lambda: serving({"day": str(TODAY)}),
    "courses:without-service, assessments": lambda: serving(query="?kind=ability_assessment"),
    "courses:without-service, 131": lambda: helping("without-service", "?kind=guidance"),
    "courses:service-file": lambda: of_file("service-file"),
    "courses:service-file, to look at": lambda: of_file("service-file", role="auditor"),
    "courses:new-service-plan": lambda: of_person("new-service-plan"),
    "courses:new-service-plan, nothing filled in": lambda: of_person("new-service-plan", {}),
    "courses:service-plans": lambda: helping("service-plans"),
    "courses:service-plans, open": lambda: helping("service-plans", "?show=open"),
    "courses:service-plan": lambda: of_plan("service-plan"),
    "courses:service-plan, nothing filled in": lambda: of_plan("service-plan", {}),
    "courses:close-service-plan": lambda: of_plan("close-service-plan"),
    "courses:close-service-plan, nothing filled in": lambda: of_plan("close-service-plan", {}),
    "courses:households": lambda: helping("households"),
    "courses:service-record": a_referral,
    "courses:service-record, no referral": lambda: a_referral("guidance"),
    "courses:service-record, nothing chosen": lambda: a_referral(post={}),
    "courses:follow-ups": due,
    "courses:follow-ups, of nobody": lambda: due("?whose=nobody"),
    "courses:follow-up": lambda: due(done="no"),
    "courses:follow-up, not reached": lambda: due(done="unreachable"),
    "courses:follow-up, answered": lambda: due(done="employed"),
    "courses:follow-up, nothing filled in": lambda: due(done="no", post={}),
    "courses:counsellors": assigning,
    "courses:counsellors, nothing chosen": lambda: assigning({}),
    "courses:counsellors, nobody fits": lambda: assigning(query="?counsellor=nobody&region=620502"),
    "courses:rates": figures,
    "courses:rates, by region": lambda: figures("?by=region&region=620500"),
    "courses:rates, no such year": lambda: figures("?year=1800", status=422),
    "courses:rates, nobody completed": no_figures,
}
