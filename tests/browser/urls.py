"""The site's URLs and pages that only tests open: every refusal, a specimen of every part of a page."""

from pathlib import Path

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_protect

from certificates.views import answers
from registry.errors import Conflict, NotPermitted, TooManyRequests
from registry.forms import Form
from registry.requests import today
from registry.urls import handler403, handler404, handler500  # noqa: F401
from registry.urls import urlpatterns as site_urls
from registry.views import refusals

SPECIMEN = Path(__file__).with_name("specimen.html")
REFUSALS = {"forbidden": NotPermitted(), "conflict": Conflict(), "throttled": TooManyRequests(retry_after=30)}


class SpecimenForm(Form):
    name = forms.CharField(label="姓名", help_text="和身份证上一样。")
    born_on = forms.DateField(label="出生日期", required=False)
    region = forms.ChoiceField(label="地区", choices=[("620502", "秦州区"), ("620503", "麦积区")])
    kind = forms.ChoiceField(
        label="人员类别", choices=[("a", "残疾人"), ("b", "家属")], widget=forms.RadioSelect
    )
    needs = forms.MultipleChoiceField(
        label="需要的帮助",
        choices=[("s", "手语翻译"), ("b", "盲文教材")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label="备注", widget=forms.Textarea, required=False)
    roster = forms.FileField(label="学员名单", help_text="Excel 文件，不超过 5 MB。")
    agreed = forms.BooleanField(label="我已核对", help_text="核对后才能发证。")


class SpecimenFilter(forms.Form):
    word = forms.CharField(label="姓名", required=False)
    region = forms.ChoiceField(label="地区", choices=[("", "全部"), ("620502", "秦州区")], required=False)


@login_not_required
def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    raise REFUSALS[kind]


@login_not_required
def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("A fault that only the log may tell of.")


@login_not_required
def expire(request: HttpRequest) -> HttpResponse:
    return refusals.csrf_failure(request)


@login_not_required
def fail_to_look_up(request: HttpRequest) -> HttpResponse:
    """What whoever scans a certificate reads while the database is away."""
    reader = answers.Reader(language=get_language() or "zh-hans", text_size="standard")
    return answers.page(answers.Kind.UNAVAILABLE, reader, status=503)


@login_not_required
@csrf_protect
def specimen(request: HttpRequest) -> HttpResponse:
    """With `?wrong=1` the form comes back with an error at every required field."""
    page = Paginator(range(450), 50).get_page(2)
    form = SpecimenForm({} if "wrong" in request.GET else None)
    context = {
        "form": form,
        "filters": SpecimenFilter({"word": "张"}, auto_id="filter_%s"),
        "page": page,
        "today": today(),
    }
    content = engines["django"].from_string(SPECIMEN.read_text("utf-8")).render(context, request)
    return HttpResponse(content, status=422 if form.errors else 200)


urlpatterns = [
    *site_urls,
    path("tests/refusals/<slug:kind>/", refuse),
    path("tests/broken/", break_down),
    path("tests/unavailable/", fail_to_look_up),
    path("tests/expired/", expire),
    path("tests/specimen/", specimen),
]
