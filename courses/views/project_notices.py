"""Puts approved cohorts (培训项目) on public notice, several at once (docs/domain.md §5.3)."""

from posixpath import commonpath

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from courses.actions.moves import AT_ONCE
from courses.models import Cohort
from courses.models.cohorts import CohortState
from courses.queries import cohorts as queries
from registry.errors import NotFound
from registry.models import Region
from registry.models.notices import NoticeKind
from registry.queries.notices import standings
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere
from registry.rules.notices import Item, Stand
from registry.views.publishing import publish_page


@require_http_methods(["GET", "POST"])
def publish_cohorts(request: ActorRequest) -> HttpResponse:
    """The approved cohorts named in the address that were not on notice yet, as the public will read them."""
    require_somewhere(request.actor, Permission.NOTICE_PUBLISH)
    cohorts = _chosen(request)
    shared = commonpath([cohort.region.path for cohort in cohorts]) if cohorts else ""
    region = Region.objects.filter(path=f"{shared}/").first()
    if region is None:
        raise NotFound(what="cohort")
    return publish_page(
        request,
        kind=NoticeKind.PROJECT,
        region=region,
        items=[Item(cohort, cohort.name, _said_of(cohort)) for cohort in cohorts],
        title=gettext("%(year)s年培训项目公示") % {"year": today().year},
        intro=gettext("以下培训班已通过开班审核，现予公示。"),
        back=f"{reverse('courses:cohorts')}?state={CohortState.APPROVED}",
    )


def _chosen(request: ActorRequest) -> list[Cohort]:
    wanted = [text[:12] for text in request.GET.getlist("cohort")[:AT_ONCE]]
    rows = queries.listing(request.actor, state=CohortState.APPROVED).filter(public_id__in=wanted)
    cohorts = list(rows.select_related("region"))
    stand = standings(Cohort, [cohort.pk for cohort in cohorts], today())
    return [cohort for cohort in cohorts if stand[cohort.pk].stand is Stand.NONE]


def _said_of(cohort: Cohort) -> str:
    """What the public reads of a cohort: what is taught, where and when, for how many; Chinese, as the register holds it."""
    return (
        f"{cohort.course.name}，{cohort.course.total_hours} 课时；{cohort.base.public_name}；"
        f"{cohort.starts_on} 至 {cohort.ends_on}；计划 {cohort.planned_trainees or 0} 人"
    )
