"""What public notices ask of somebody: objections to answer, notices that ended to go on with."""

from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext_lazy

from registry.models import Objection, PublicNotice
from registry.queries import notices
from registry.queries.work import counted
from registry.rules.access import Actor, Permission
from registry.rules.work import Waiting

OBJECTIONS_OPEN = ngettext_lazy(
    "%(n)s 条对公示的异议等待答复，最早 %(oldest)s提出",
    "%(n)s 条对公示的异议等待答复，最早 %(oldest)s提出",
    "count",
)
NOTICES_ENDED = ngettext_lazy(
    "%(n)s 份公示已经期满，可以办理下一步，最早 %(oldest)s结束",
    "%(n)s 份公示已经期满，可以办理下一步，最早 %(oldest)s结束",
    "count",
)


def waiting(actor: Actor, *, on: date) -> list[Waiting]:
    """Objections for who may answer them (never who published), ended notices for who publishes."""
    found: list[Waiting] = []
    if actor.may_somewhere(Permission.NOTICE_ANSWER):
        found += counted(
            "objections_open",
            OBJECTIONS_OPEN,
            notices.answerable(Objection.objects.visible_to(actor), actor),
            since="made_on",
            one="registry:objection",
            many=f"{reverse('registry:objections')}?state=open",
        )
    if actor.may_somewhere(Permission.NOTICE_PUBLISH):
        found += counted(
            "notices_ended",
            NOTICES_ENDED,
            notices.to_conclude(PublicNotice.objects.visible_to(actor), on=on),
            since="ends_on",
            one="registry:notice-record",
            many=f"{reverse('registry:notice-records')}?state={notices.TO_CONCLUDE}",
        )
    return found
