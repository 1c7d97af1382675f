"""Cohorts that wait for certificates; one cohort's: check what will be printed, issue, follow, print them all."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates.actions import certificates, copies
from certificates.errors import NothingToPrint
from certificates.faces import pdf
from certificates.models import Certificate, CertificateTemplate
from certificates.models.bulk_files import BulkKind
from certificates.queries import bulk_files, notices, work
from certificates.queries import cohorts as queries
from certificates.queries.templates import template_for
from certificates.rules.wording import DEFAULT_TITLE
from certificates.views import making
from certificates.views.printing import faces_of
from courses.models import Cohort, Enrolment
from registry import words
from registry.errors import RegistryError
from registry.forms import Form
from registry.queries.lookup import one
from registry.queries.notices import standings
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.rules.notices import Standing
from registry.views import refusals
from registry.views.lists import page_of
from registry.views.posts import posted_from

# A step of the progress page: a third of a second, a second on a busy machine, so a class is done in one.
CHUNK = 200


class IssueForm(Form):
    title = forms.CharField(
        label=_("证书名称"),
        max_length=queries.LONGEST_TITLE,
        initial=DEFAULT_TITLE,
        help_text=_("印在证书最上方。不能透露持证人的残疾，也不能像其他部门的证书。"),
        widget=forms.TextInput({"class": "width-20", "autocomplete": "off"}),
    )

    def __init__(self, template: CertificateTemplate | None, *args: Any) -> None:
        super().__init__(*args)
        if template is not None:  # the federation says how certificates are called
            del self.fields["title"]


@require_safe
def cohort_list(request: ActorRequest) -> HttpResponse:
    """The cohorts whose certificates wait to be issued, the first to end first."""
    require_somewhere(request.actor, Permission.CERTIFICATE_ISSUE)
    rows = work.cohorts_to_issue(request.actor, on=today()).select_related("base").order_by("ends_on", "pk")
    return render(request, "certificates/cohorts.html", {"page": page_of(request, rows)})


@require_http_methods(["GET", "HEAD", "POST"])
def cohort(request: ActorRequest, public_id: str) -> HttpResponse:
    """Check answers first; each POST issues the next step and says how far it is."""
    shown = cohort_of(request, public_id)
    form = IssueForm(template_for(shown.base, today()), request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, shown, form)
    progress = None
    if form.is_valid():
        with refusals.shown_on(form):
            progress = certificates.issue_cohort(
                by=request.actor,
                on=today(),
                cohort=shown,
                limit=CHUNK,
                title=form.cleaned_data.get("title", DEFAULT_TITLE),
            )
    require(request.actor, Permission.CERTIFICATE_ISSUE, **_reach(shown))
    return _page(request, shown, form, progress)


@posted_from("certificates:cohort")
def cohort_pdf(request: ActorRequest, public_id: str) -> HttpResponse:
    """All certificates in force, one sheet each, counted as copies; too many to wait for are asked for in the page.

    Raises NothingToPrint.
    """
    shown = cohort_of(request, public_id)
    most = making.AT_ONCE[BulkKind.PDF]
    held = list(queries.issued(shown).filter(pk__in=Certificate.objects.in_force())[: most + 1])
    if not held:
        raise NothingToPrint()
    if len(held) > most:
        return redirect("certificates:cohort", public_id=public_id)
    title = _now("%(cohort)s：%(count)s 张证书") % {"cohort": shown.name, "count": len(held)}
    sheets = pdf.batch(faces_of(held), title=title)
    copies.record(by=request.actor, on=today(), certificates=held)
    return attachment(sheets, f"{shown.public_id}.pdf")


def attachment(data: bytes, name: str, content_type: str = "application/pdf") -> HttpResponse:
    """A file with personal names in it: kept by nobody on the way."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def cohort_of(request: ActorRequest, public_id: str) -> Cohort:
    """The cohort, for whoever may read its certificates."""
    seen = Cohort.objects.visible_to(request.actor).select_related("base__region", "course__skill")
    shown = one(seen, public_id=public_id)
    require(request.actor, Permission.CERTIFICATE_READ, **_reach(shown))
    return shown


def _reach(shown: Cohort) -> dict[str, Any]:
    return {"region_path": shown.base.region.path, "base_ids": [shown.base_id]}


def _page(
    request: ActorRequest, shown: Cohort, form: IssueForm, progress: certificates.Progress | None = None
) -> HttpResponse:
    overview = queries.overview(shown)
    title = form.data.get("title", "") if form.is_bound and "title" in form.fields else DEFAULT_TITLE
    will_print, obstacle = None, ""
    if overview.ready:
        try:
            will_print = queries.printed(shown, title=title, on=today())
        except RegistryError as error:
            obstacle = words.say(error.code, error.facts)
    # The title can be mended in the form; the rest not, so then there is no button.
    context = {
        "cohort": shown,
        "overview": overview,
        "form": form,
        "printed": will_print,
        "obstacle": obstacle if not form.errors else "",
        "ready": _with_notices(shown, overview.ready),
        "may_publish": request.actor.may(Permission.NOTICE_PUBLISH, region_path=shown.base.region.path),
        "may_issue": request.actor.may(Permission.CERTIFICATE_ISSUE, **_reach(shown)),
        "may_correct": request.actor.may(Permission.CERTIFICATE_CORRECT, **_reach(shown)),
        "may_change": request.actor.may(Permission.CERTIFICATE_WITHDRAW, region_path=shown.base.region.path),
        "progress": progress,
        "refused": [
            (refusal.enrolment, words.say(refusal.error.code, refusal.error.facts))
            for refusal in (progress.refused if progress else ())
        ],
        "done": len(overview.issued),
        "total": len(overview.issued) + len(overview.ready),
        "in_force": sum(1 for held in overview.issued if held.status == "issued"),
        "at_once": making.AT_ONCE[BulkKind.PDF],
        "files": bulk_files.of_cohort(shown, request.actor.account_id, at=timezone.now()),
    }
    return render(request, "certificates/cohort.html", context, status=422 if form.errors else 200)


def _with_notices(shown: Cohort, ready: list[Enrolment]) -> list[tuple[Enrolment, str]]:
    """Each trainee with why the public notice holds the certificate back, or ""; two queries."""
    if not ready:
        return []
    needed = notices.needed(shown, on=today())
    stands = standings(Enrolment, [enrolment.pk for enrolment in ready], today())
    return [(enrolment, _held_back(stands[enrolment.pk], needed=needed)) for enrolment in ready]


def _held_back(standing: Standing, *, needed: bool) -> str:
    try:
        notices.require_free(standing, needed=needed)
    except RegistryError as error:
        return words.say(error.code, error.facts)
    return ""
