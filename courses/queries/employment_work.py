"""What waits after the training: questions to ask, people without a counsellor, people not served this year."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext_lazy

from courses.models import Cohort, CounsellorAssignment, FollowUp
from courses.models.service_records import FourOnes
from courses.queries import follow_ups, households, service_plans, services_due
from courses.queries.work import to_place
from registry.models import Person
from registry.queries.work import counted
from registry.rules.access import Actor, Permission
from registry.rules.work import Waiting

OWN_FOLLOW_UPS = ngettext_lazy(
    "您负责的 %(n)s 项回访到期，最早 %(oldest)s", "您负责的 %(n)s 项回访到期，最早 %(oldest)s", "count"
)
OTHER_FOLLOW_UPS = ngettext_lazy(
    "%(n)s 项到期的回访没有辅导员负责，最早 %(oldest)s",
    "%(n)s 项到期的回访没有辅导员负责，最早 %(oldest)s",
    "count",
)
WITHOUT_COUNSELLOR = ngettext_lazy(
    "%(n)s 人有到期的回访，还没有辅导员", "%(n)s 人有到期的回访，还没有辅导员", "count"
)
NOT_VERIFIED = ngettext_lazy(
    "今年还有 %(n)s 人没有核对基础信息", "今年还有 %(n)s 人没有核对基础信息", "count"
)
OWED_131 = ngettext_lazy(
    "%(n)s 名监测对象今年的“131”服务还没有做完", "%(n)s 名监测对象今年的“131”服务还没有做完", "count"
)
WITHOUT_PLAN = ngettext_lazy(
    "%(n)s 人应该有服务计划，还没有建立", "%(n)s 人应该有服务计划，还没有建立", "count"
)
PLANS_TO_REVIEW = ngettext_lazy(
    "%(n)s 份服务计划三个月没有回顾，最早的一份建于 %(oldest)s",
    "%(n)s 份服务计划三个月没有回顾，最早的一份建于 %(oldest)s",
    "count",
)
POOR_HOUSEHOLDS = ngettext_lazy(
    "%(n)s 户农村困难家庭有人想就业，还没有人就业",
    "%(n)s 户农村困难家庭有人想就业，还没有人就业",
    "count",
)
COHORTS_TO_PLACE = ngettext_lazy(
    "%(n)s 个培训班结业满一个月，还没有登记学员就业，最早 %(oldest)s结业",
    "%(n)s 个培训班结业满一个月，还没有登记学员就业，最早 %(oldest)s结业",
    "count",
)


def waiting(actor: Actor, *, on: date) -> list[Waiting]:
    """One query for each kind that the actor deals with; a counsellor's own people come first."""
    found: list[Waiting] = []
    assigned = CounsellorAssignment.objects.standing()
    if actor.may_somewhere(Permission.FOLLOW_UP_RECORD):
        page = reverse("courses:follow-ups")
        due = follow_ups.in_reach(actor, follow_ups.due(on=on))
        found += counted(
            "own_follow_ups",
            OWN_FOLLOW_UPS,
            due.filter(follow_ups.mine(actor)),
            since="due_on",
            one="courses:follow-up",
            many=f"{page}?whose=mine",
        )
        found += counted(
            "follow_ups_of_nobody",
            OTHER_FOLLOW_UPS,
            due.filter(~Exists(assigned.filter(person=OuterRef("person")))),
            since="due_on",
            one="courses:follow-up",
            many=f"{page}?whose=nobody",
        )
    if actor.may_somewhere(Permission.COUNSELLOR_ASSIGN):
        people = Person.objects.all()
        if not actor.is_system:
            people = people.in_scope(actor.scope(Permission.COUNSELLOR_ASSIGN))
        asked = FollowUp.objects.filter(person=OuterRef("pk"), done_on__isnull=True, due_on__lte=on)
        found += counted(
            "people_without_counsellor",
            WITHOUT_COUNSELLOR,
            people.filter(Exists(asked), ~Exists(assigned.filter(person=OuterRef("pk")))),
            one="courses:service-file",
            many=f"{reverse('courses:counsellors')}?counsellor=nobody",
        )
    if actor.may_somewhere(Permission.PERSON_EDIT):
        found += counted(
            "people_not_verified",
            NOT_VERIFIED,
            services_due.due(actor, kind=FourOnes.VERIFICATION, on=on),
            one="courses:service-file",
            many=reverse("courses:without-service"),
        )
        found += _of_plans(actor, on=on)
    if actor.may_somewhere(Permission.EMPLOYMENT_RECORD):
        found += counted(
            "cohorts_to_place",
            COHORTS_TO_PLACE,
            to_place(_cohorts(actor), on),
            since="since",
            one="courses:cohort-employment",
            many=f"{reverse('courses:cohorts')}?waiting=employment",
        )
    return found


def _of_plans(actor: Actor, *, on: date) -> list[Waiting]:
    """What the monitored, graduates and poor households are still owed."""
    page = reverse("courses:service-plans")
    return [
        *counted(
            "people_owed_131",
            OWED_131,
            services_due.due(actor, kind=services_due.ALL_131, on=on),
            one="courses:service-file",
            many=f"{reverse('courses:without-service')}?kind={services_due.ALL_131}",
        ),
        *counted(
            "people_without_plan",
            WITHOUT_PLAN,
            service_plans.without_plan(actor, on=on),
            one="courses:new-service-plan",
            many=page,
        ),
        *counted(
            "plans_to_review",
            PLANS_TO_REVIEW,
            service_plans.listed(actor, on=on, show="to_review"),
            since="opened_on",
            one="courses:service-plan",
            many=f"{page}?show=to_review",
        ),
        *counted(
            "households_without_work",
            POOR_HOUSEHOLDS,
            households.without_work(actor, on=on),
            one="courses:service-file",
            many=reverse("courses:households"),
        ),
    ]


def _cohorts(actor: Actor) -> QuerySet[Cohort]:
    if actor.is_system:
        return Cohort.objects.all()
    return Cohort.objects.in_scope(actor.scope(Permission.EMPLOYMENT_RECORD))
