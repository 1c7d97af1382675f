"""Puts the certificates of a cohort on public notice before they are issued."""

from typing import Any

from ninja import Router, Schema

from certificates.api.cohorts import cohort_of
from certificates.queries import notices as queries
from registry.actions import notices
from registry.api.days import Day
from registry.api.notice_records import RecordDetailOut, detail
from registry.models.notices import NoticeKind
from registry.queries.notices import publishers
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require

router = Router()


class PublishIn(Schema):
    """Without `title` the cohort's is used, without `ends_on` the local standard says how long it runs."""

    title: str = ""
    intro: str = ""
    ends_on: Day | None = None


@router.post(
    "/cohorts/{public_id}/notice", response={201: RecordDetailOut}, operation_id="publish_cohort_certificates"
)
def publish_cohort_certificates(request: ActorRequest, public_id: str, data: PublishIn) -> Any:
    """Everyone who earned a certificate and was on no notice, masked, in the name of the nearest federation."""
    shown, on = cohort_of(request, public_id), today()
    require(request.actor, Permission.NOTICE_PUBLISH, region_path=shown.base.region.path)
    asked = data.dict() | {"title": data.title or queries.title(shown), "intro": data.intro or queries.INTRO}
    made = notices.publish(
        by=request.actor,
        on=on,
        federation=publishers(request.actor, shown.base.region)[0],
        kind=NoticeKind.CERTIFICATE,
        items=queries.items(shown, on=on),
        **asked,
    )
    return 201, detail(made)
