"""Templates of certificates: the versions of the federations in reach, one to look at, to write, and to put in use."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates.actions import templates as actions
from certificates.faces import pdf, phone_image
from certificates.faces.errors import FaceError
from certificates.faces.pictures import MOST_BYTES
from certificates.models import CertificateTemplate
from certificates.models.templates import CertificateLanguage
from certificates.queries import templates as queries
from certificates.rules.templates import TemplateState
from certificates.views import specimens
from certificates.views.cohorts import attachment
from registry import words
from registry.errors import NotFound
from registry.forms import Form
from registry.models import Federation
from registry.models.regions import in_subtrees
from registry.queries.lookup import one
from registry.requests import ActorRequest, received, today
from registry.rules.access import Actor, Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import DayField
from registry.views.posts import posted_from

EDIT, APPROVE = Permission.CERTIFICATE_TEMPLATE_EDIT, Permission.CERTIFICATE_TEMPLATE_APPROVE
STATES = {
    TemplateState.DRAFT: ("plain", _("草稿")),
    TemplateState.WAITING: ("info", _("待启用")),
    TemplateState.IN_USE: ("good", _("在用")),
    TemplateState.SUPERSEDED: ("plain", _("已被新版本取代")),
    TemplateState.ENDED: ("warn", _("已停用")),
}
_AREA = {"rows": 2}


class NewForm(Form):
    federation: forms.Field = forms.ModelChoiceField(
        label=_("残联"), queryset=None, to_field_name="public_id", empty_label=_("请选择")
    )
    language = forms.ChoiceField(
        label=_("语言"),
        choices=CertificateLanguage.choices,
        widget=forms.RadioSelect,
        initial=CertificateLanguage.ZH_HANS,
        help_text=_("姓名按登记的写法印，不转换简繁。"),
    )

    def __init__(self, actor: Actor, *args: Any) -> None:
        super().__init__(*args)
        paths = actor.scope(EDIT).region_paths
        field: Any = self.fields["federation"]
        field.queryset = Federation.objects.filter(in_subtrees("region__path", paths)).select_related(
            "region"
        )
        field.initial = min(field.queryset, key=lambda one: len(one.region.path), default=None)


class WordingForm(Form):
    """Words and pictures of a draft; the English fields only where it has English beside Chinese."""

    title = forms.CharField(
        label=_("证书名称"), max_length=60, help_text=_("不能透露持证人的残疾，也不能像其他部门的证书。")
    )
    certifies = forms.CharField(label=_("姓名前的话"), max_length=60)
    statement = forms.CharField(label=_("姓名后的话"), max_length=200, widget=forms.Textarea(_AREA))
    instruction = forms.CharField(label=_("二维码旁的说明"), max_length=200, widget=forms.Textarea(_AREA))
    title_en = forms.CharField(label=_("英文证书名称"), max_length=100)
    certifies_en = forms.CharField(label=_("英文姓名前的话"), max_length=100)
    statement_en = forms.CharField(label=_("英文姓名后的话"), max_length=300, widget=forms.Textarea(_AREA))
    instruction_en = forms.CharField(
        label=_("英文二维码旁的说明"), max_length=300, widget=forms.Textarea(_AREA)
    )
    logo = forms.FileField(
        label=_("标志图片"),
        required=False,
        help_text=_("PNG 或 JPEG，不超过 2 MB，印在名称上方，最高 18 毫米。图上的字也不能透露残疾。"),
        widget=forms.FileInput({"accept": ".png,.jpg,.jpeg"}),
    )
    logo_alt = forms.CharField(
        label=_("标志的说明"),
        max_length=100,
        required=False,
        help_text=_("读给看不见图的人听：是谁的标志。"),
    )
    remove_logo = forms.BooleanField(label=_("去掉现在的标志"), required=False)
    seal = forms.FileField(
        label=_("印章图样"),
        required=False,
        help_text=_(
            "PNG 或 JPEG，不超过 2 MB，印在署名旁，42 毫米见方。只是装饰，证明真伪的是二维码里的签名。"
        ),
        widget=forms.FileInput({"accept": ".png,.jpg,.jpeg"}),
    )
    seal_alt = forms.CharField(
        label=_("印章图样的说明"),
        max_length=100,
        required=False,
        help_text=_("读给看不见图的人听：是谁的印章图样。"),
    )
    remove_seal = forms.BooleanField(label=_("去掉现在的印章图样"), required=False)

    def __init__(self, template: CertificateTemplate, *args: Any) -> None:
        texts = (*actions.WORDING, *actions.WORDING_EN, *actions.ALTS)
        super().__init__(*args, initial={name: getattr(template, name) for name in texts})
        if template.language != CertificateLanguage.BILINGUAL:
            for name in actions.WORDING_EN:
                del self.fields[name]
        for name in actions.BOXES:
            if getattr(template, f"{name}_id") is None:
                del self.fields[f"remove_{name}"]

    def changes(self) -> dict[str, Any]:
        """What `actions.templates.edit` takes."""
        said = dict(self.cleaned_data)
        removed = tuple(name for name in actions.BOXES if said.pop(f"remove_{name}", False))
        for name in actions.BOXES:
            file = said[name]
            said[name] = received(file, MOST_BYTES) if file else None
        return said | {"remove": removed}


class UseForm(Form):
    begins = DayField(label=_("从哪天起启用"), help_text=_("启用后内容不能再改，要改请另建新版本。"))
    pictures_seen = forms.BooleanField(label=_("我看过标志和印章图样，上面没有透露残疾的字样"))

    def __init__(self, template: CertificateTemplate, *args: Any) -> None:
        super().__init__(*args, initial={"begins": today()})
        if template.logo_id is None and template.seal_id is None:
            del self.fields["pictures_seen"]


@require_safe
def template_list(request: ActorRequest) -> HttpResponse:
    """The versions of every federation in reach, the newest first."""
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    seen = CertificateTemplate.objects.visible_to(request.actor).select_related("federation__region")
    rows = queries.versions(seen.order_by("federation__region__code", "-version"), today())
    context = {
        "rows": [(row.template, STATES[row.state]) for row in rows],
        "in_use": sum(1 for row in rows if row.state == TemplateState.IN_USE),
        "may_write": request.actor.may_somewhere(EDIT),
    }
    return render(request, "certificates/templates/list.html", context)


@require_http_methods(["GET", "POST"])
def new_template(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, EDIT)
    form = NewForm(request.actor, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            made = actions.draft(by=request.actor, on=today(), **form.cleaned_data)
            return redirect("certificates:edit-template", public_id=made.public_id)
    return render(
        request, "certificates/templates/new.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_safe
def template(request: ActorRequest, public_id: str) -> HttpResponse:
    return _page(request, _template(request, public_id))


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, public_id: str) -> HttpResponse:
    """The words and pictures of a draft."""
    held = _template(request, public_id, EDIT)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = WordingForm(held, *data)
    if form.is_valid():
        with refusals.shown_on(form):
            actions.edit(by=request.actor, on=today(), template=held, **form.changes())
            messages.success(request, _now("已保存。请看样张。"))
            return redirect("certificates:template", public_id=public_id)
    context = {"form": form, "template": held}
    return render(request, "certificates/templates/edit.html", context, status=422 if form.is_bound else 200)


@posted_from("certificates:template")
def use(request: ActorRequest, public_id: str) -> HttpResponse:
    """Somebody else than who wrote it puts it in use."""
    held = _template(request, public_id, APPROVE)
    form = UseForm(held, request.POST)
    if form.is_valid():
        with refusals.shown_on(form):
            specimens.draw(held, on=today())
            actions.put_in_use(by=request.actor, on=today(), template=held, **form.cleaned_data)
            messages.success(request, _now("模板已启用。"))
            return redirect("certificates:template", public_id=public_id)
    return _page(request, held, form)


@posted_from("certificates:template")
def end(request: ActorRequest, public_id: str) -> HttpResponse:
    held = _template(request, public_id, APPROVE)
    actions.end(by=request.actor, on=today(), template=held)
    messages.success(request, _now("模板已停用。已签发的证书不受影响。"))
    return redirect("certificates:template", public_id=public_id)


@posted_from("certificates:template")
def discard(request: ActorRequest, public_id: str) -> HttpResponse:
    actions.discard(by=request.actor, on=today(), template=_template(request, public_id, EDIT))
    messages.success(request, _now("草稿已删除。"))
    return redirect("certificates:templates")


@require_safe
def specimen(request: ActorRequest, public_id: str, form: str) -> HttpResponse:
    """The specimen as a file: `sheet.pdf`, `sheet.png` or `phone.png`; `?sample=longest` with long names."""
    held = _template(request, public_id)
    sample = request.GET.get("sample", "plain")
    if sample not in specimens.SAMPLES:
        raise NotFound()
    face = specimens.specimen(held, on=today(), sample=sample)
    if form == "sheet.pdf":
        return attachment(pdf.one(face), f"specimen-{held.public_id}.pdf")
    data = pdf.picture(face, pixels_per_inch=90) if form == "sheet.png" else phone_image.draw(face)
    return HttpResponse(data, content_type="image/png", headers={"Cache-Control": "no-store"})


def _template(
    request: ActorRequest, public_id: str, permission: Permission = Permission.CERTIFICATE_READ
) -> CertificateTemplate:
    seen = CertificateTemplate.objects.visible_to(request.actor)
    held = one(seen.select_related("federation__region", "logo", "seal"), public_id=public_id)
    require(request.actor, permission, region_path=held.federation.region.path)
    return held


def _page(request: ActorRequest, held: CertificateTemplate, form: UseForm | None = None) -> HttpResponse:
    state = queries.version(held, today()).state
    path = held.federation.region.path
    obstacle = ""
    if held.is_draft:
        try:
            specimens.draw(held, on=today())
        except FaceError as error:
            obstacle = words.say(error.code, error.facts)
    may_approve = request.actor.may(APPROVE, region_path=path)
    if may_approve and held.is_draft and not obstacle:
        form = form or UseForm(held)
    context = {
        "template": held,
        "state": STATES[state],
        "obstacle": obstacle,
        "form": form,
        "texts": specimens.specimen(held, on=today()).texts(),
        "samples": [("plain", _now("一般样张")), ("longest", _now("最长文字样张"))],
        "may_edit": held.is_draft and request.actor.may(EDIT, region_path=path),
        "may_end": may_approve and state in (TemplateState.IN_USE, TemplateState.WAITING),
        "is_waiting": state == TemplateState.WAITING,
    }
    bound = form is not None and form.is_bound
    return render(request, "certificates/templates/template.html", context, status=422 if bound else 200)
