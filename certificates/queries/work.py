"""What waits for somebody in `certificates`: certificates to issue, changes to approve, external ones to verify, reports."""

from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import ngettext_lazy

from certificates.models import CertificateReport, ExternalCertificate
from certificates.queries.changes import to_approve
from certificates.queries.cohorts import earned
from courses.models import Cohort
from courses.models.cohorts import CohortState
from registry.models.regions import in_subtrees
from registry.queries.work import counted
from registry.rules.access import Actor, Permission
from registry.rules.work import Waiting

COHORTS_TO_ISSUE = ngettext_lazy(
    "%(n)s 个培训班已结业，还有证书没有签发，最早 %(oldest)s结业",
    "%(n)s 个培训班已结业，还有证书没有签发，最早 %(oldest)s结业",
    "count",
)
EXTERNAL_TO_VERIFY = ngettext_lazy(
    "%(n)s 张外部证书等待您核验，最早 %(oldest)s登记",
    "%(n)s 张外部证书等待您核验，最早 %(oldest)s登记",
    "count",
)

CHANGES_TO_APPROVE = ngettext_lazy(
    "%(n)s 项证书更改等待您批准，最早 %(oldest)s申请",
    "%(n)s 项证书更改等待您批准，最早 %(oldest)s申请",
    "count",
)
REPORTS_TO_CLOSE = ngettext_lazy(
    "%(n)s 条证书问题反映等待办理，最早 %(oldest)s提交",
    "%(n)s 条证书问题反映等待办理，最早 %(oldest)s提交",
    "count",
)


def cohorts_to_issue(actor: Actor, *, on: date) -> QuerySet[Cohort]:
    """Completed cohorts of the actor's bases, the training over, with `ready` certificates not issued yet."""
    cohorts = Cohort.objects.all()
    if not actor.is_system:
        cohorts = cohorts.in_scope(actor.scope(Permission.CERTIFICATE_ISSUE))
    ready = (
        earned().filter(cohort=OuterRef("pk")).order_by().values("cohort").annotate(n=Count("pk")).values("n")
    )
    may_be_issued = cohorts.filter(
        state=CohortState.COMPLETED, ends_on__lte=on, course__skill__base_may_issue=True
    )
    return may_be_issued.annotate(ready=Subquery(ready, output_field=IntegerField())).filter(ready__gt=0)


def external_to_verify(actor: Actor) -> QuerySet[ExternalCertificate]:
    """Recorded by another person, of people managed where the actor verifies."""
    rows = ExternalCertificate.objects.filter(verified_on__isnull=True, cancelled_on__isnull=True)
    if actor.is_system:
        return rows
    paths = actor.scope(Permission.EXTERNAL_CERTIFICATE_VERIFY).region_paths
    by_another = Q(recorder__isnull=True) | ~Q(recorder_id=actor.account_id)
    return rows.filter(by_another, in_subtrees("person__region__path", paths))


def waiting(actor: Actor, *, on: date) -> list[Waiting]:
    """Certificates to issue for who issues, changes and reports for who withdraws, external ones for who verifies."""
    found: list[Waiting] = []
    if actor.may_somewhere(Permission.CERTIFICATE_ISSUE):
        found += counted(
            "cohorts_to_issue",
            COHORTS_TO_ISSUE,
            cohorts_to_issue(actor, on=on),
            since="ends_on",
            one="certificates:cohort",
            many=reverse("certificates:cohorts"),
        )
    if actor.may_somewhere(Permission.CERTIFICATE_WITHDRAW):
        found += counted(
            "changes_to_approve",
            CHANGES_TO_APPROVE,
            to_approve(actor),
            since="asked_on",
            one="certificates:change",
            many=f"{reverse('certificates:changes')}?state=waiting",
        )
        found += counted(
            "reports_to_close",
            REPORTS_TO_CLOSE,
            CertificateReport.objects.visible_to(actor).waiting(),
            since="made_on",
            one="certificates:reported",
            many=f"{reverse('certificates:reports')}?state=waiting",
        )
    if actor.may_somewhere(Permission.EXTERNAL_CERTIFICATE_VERIFY):
        found += counted(
            "external_to_verify",
            EXTERNAL_TO_VERIFY,
            external_to_verify(actor),
            since="recorded_on",
            one="certificates:external-certificate",
            many=f"{reverse('certificates:external')}?state=waiting",
        )
    return found
