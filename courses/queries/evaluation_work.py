"""What evaluations ask of somebody: cohorts that nobody evaluated, trainees who were drawn and not called."""

from datetime import date

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext_lazy

from courses.models import Cohort, CohortReview, SpotCall
from courses.models.reviews import CallResult
from courses.queries.evaluations import to_evaluate
from registry.models.regions import in_subtrees
from registry.queries.work import counted
from registry.rules.access import Actor, Permission
from registry.rules.work import Waiting

NOT_EVALUATED = ngettext_lazy("%(n)s 个培训班还没有评估", "%(n)s 个培训班还没有评估", "count")
TO_CALL = ngettext_lazy(
    "%(n)s 名抽中的学员还没有回访，最早 %(oldest)s抽取",
    "%(n)s 名抽中的学员还没有回访，最早 %(oldest)s抽取",
    "count",
)


def waiting(actor: Actor, *, on: date) -> list[Waiting]:
    """For a base its cohorts to evaluate, for a federation the calls of its inspections."""
    scope = actor.scope(Permission.EVALUATION_RECORD)
    found: list[Waiting] = []
    if scope.base_ids:
        mine: QuerySet[Cohort] = Cohort.objects.filter(base_id__in=scope.base_ids)
        found += counted(
            "cohorts_to_evaluate",
            NOT_EVALUATED,
            to_evaluate(mine, on),
            since="ends_on",
            one="courses:evaluation",
            many=f"{reverse('courses:cohorts')}?waiting=evaluation",
        )
    if scope.region_paths:
        found += _calls(scope.region_paths)
    return found


def _calls(region_paths: tuple[str, ...]) -> list[Waiting]:
    calls = SpotCall.objects.filter(
        in_subtrees("review__cohort__region__path", region_paths), result=CallResult.WAITING
    )
    asked = calls.aggregate(count=Count("pk"), oldest=Min("review__reviewed_on"))
    if not asked["count"]:
        return []
    first = CohortReview.objects.filter(calls__in=calls).order_by("reviewed_on", "pk").first()
    url = reverse("courses:review", args=[first.public_id]) if first else ""
    return [Waiting("spot_calls", TO_CALL, asked["count"], asked["oldest"], url)]
