"""Pages of those who keep the library: their resources, a new one, changing one, shelf up and down."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import resources as actions
from courses.actions.resources import About
from courses.models import Course, OnlineResource, Skill
from courses.models.resources import AccessibleFormat, ResourceFormat, ResourceLanguage, ResourceState
from courses.queries import resources as queries
from courses.queries.bases import bases_where
from courses.rules.resource_files import MOST_BYTES
from registry.forms import Form
from registry.models import Federation, Region, TrainingBase
from registry.models.regions import in_subtrees
from registry.queries.lookup import one
from registry.requests import ActorRequest, received, today
from registry.rules.access import Actor, Permission, require_somewhere
from registry.views import refusals
from registry.views.fields import chosen
from registry.views.lists import page_of
from registry.views.posts import posted_from

VISIT_DAYS = 30


@require_safe
def resource_list(request: ActorRequest) -> HttpResponse:
    """Resources in every state that the actor may edit; those without a text alternative are flagged."""
    require_somewhere(request.actor, Permission.RESOURCE_EDIT)
    waiting = "text" if request.GET.get("waiting") == "text" else ""
    context = {"page": page_of(request, queries.kept(request.actor, waiting=waiting)), "waiting": waiting}
    return render(request, "courses/resources/list.html", context)


class ResourceForm(Form):
    title = forms.CharField(label=_("标题"), max_length=80, widget=forms.TextInput({"autocomplete": "off"}))
    skill = forms.ModelChoiceField(
        label=_("技能"), queryset=Skill.objects.all(), to_field_name="code", empty_label=_("请选择")
    )
    course = forms.ModelChoiceField(
        label=_("培训项目"),
        queryset=Course.objects.none(),
        to_field_name="public_id",
        empty_label=_("不限"),
        required=False,
    )
    format = forms.ChoiceField(label=_("形式"), choices=ResourceFormat.choices, widget=forms.RadioSelect)
    file = forms.FileField(
        label=pgettext_lazy("upload", "文件"),
        required=False,
        help_text=_("不超过 20 MB。更长的视频请填写网页链接。"),
        widget=forms.FileInput({"accept": ".mp4,.webm,.mp3,.m4a,.txt,.pdf,.pptx"}),
    )
    link = forms.CharField(
        label=_("网址"),
        max_length=300,
        required=False,
        help_text=_("形式是网页链接时填写，以 https:// 开头。"),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off"}),
    )
    summary = forms.CharField(
        label=_("内容简介"),
        max_length=300,
        help_text=_("用短句和平常话：讲什么，学完会做什么。"),
        widget=forms.Textarea({"rows": 3}),
    )
    text_alternative = forms.CharField(
        label=_("文字版"),
        max_length=actions.LONGEST_TEXT,
        required=False,
        help_text=_("把画面里的动作和说的话写成文字。看不见或听不见的人靠它学习；没有的会标出来，等待补上。"),
        widget=forms.Textarea({"rows": 12}),
    )
    accessible_formats = forms.MultipleChoiceField(
        label=_("无障碍形式"),
        choices=AccessibleFormat.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("语言"), choices=ResourceLanguage.choices, initial="zh")
    minutes = forms.IntegerField(
        label=_("时长（分钟）"),
        min_value=1,
        max_value=6000,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "class": "width-4", "autocomplete": "off"}),
    )
    provider = forms.CharField(
        label=_("提供单位"), max_length=80, help_text=_("写在页面上的名称。公开的资源不能透露学员有残疾。")
    )
    is_public = forms.BooleanField(
        label=_("公开：不登录也能看"), required=False, help_text=_("不勾选的，只有登录的工作人员能看。")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        courses: Any = self.fields["course"]
        bases = bases_where(actor, Permission.RESOURCE_EDIT)
        courses.queryset = Course.objects.filter(base__in=bases).select_related("base")

    def about(self) -> About:
        """What was filled in, apart from the file."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("file", "owner")}
        said["accessible_formats"] = tuple(said["accessible_formats"])
        return About(**said)

    def content(self) -> bytes:
        file = self.cleaned_data.get("file")
        return b"" if file is None else received(file, MOST_BYTES)


class NewResourceForm(ResourceForm):
    owner = forms.ChoiceField(label=_("由谁管理"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.owners = owners(actor)
        owner: Any = self.fields["owner"]
        owner.choices = chosen((key, organisation.name) for key, organisation in self.owners.items())
        if len(self.owners) == 1:
            [(owner.initial, only)] = self.owners.items()
            self.fields["provider"].initial = only.public_name
        self.order_fields(["owner"])

    def place(self) -> tuple[Region, TrainingBase | None]:
        """The region, and the base where one keeps it."""
        organisation = self.owners[self.cleaned_data["owner"]]
        return organisation.region, organisation if isinstance(organisation, TrainingBase) else None


def owners(actor: Actor) -> dict[str, Federation | TrainingBase]:
    """The organisations in whose name the actor may keep resources, by public id: own ones first."""
    scope = actor.scope(Permission.RESOURCE_EDIT)
    federations = Federation.objects.filter(in_subtrees("region__path", scope.region_paths))
    bases = TrainingBase.objects.filter(pk__in=scope.base_ids)
    found: list[Federation | TrainingBase] = [
        *federations.select_related("region").order_by("region__path"),
        *bases.select_related("region"),
    ]
    return {organisation.public_id: organisation for organisation in found}


@require_http_methods(["GET", "POST"])
def new_resource(request: ActorRequest) -> HttpResponse:
    """A draft; it is published on its own page, once it was looked at."""
    require_somewhere(request.actor, Permission.RESOURCE_EDIT)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NewResourceForm(*posted, actor=request.actor)
    if form.is_valid():
        with refusals.shown_on(form):
            region, base = form.place()
            made = actions.create(
                by=request.actor,
                on=today(),
                region=region,
                base=base,
                about=form.about(),
                data=form.content(),
            )
            messages.success(request, gettext("已登记学习资源：%(title)s") % {"title": made.title})
            return redirect("courses:edit-resource", made.public_id)
    return render(request, "courses/resources/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit_resource(request: ActorRequest, public_id: str) -> HttpResponse:
    """Its particulars, whether it is on the shelf, how often it was looked at."""
    held = _own(request, public_id)
    initial = {name: getattr(held, name) for name in actions.EDITABLE} | {
        "skill": held.skill.code,
        "course": held.course.public_id if held.course else None,
    }
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ResourceForm(*posted, actor=request.actor, initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            actions.edit(by=request.actor, on=today(), resource=held, about=form.about(), data=form.content())
            messages.success(request, gettext("已保存"))
            return redirect("courses:edit-resource", held.public_id)
    days = queries.visits(held, since=today() - timedelta(days=VISIT_DAYS))
    context = {
        "form": form,
        "resource": held,
        "file": queries.file_of(held),
        "is_published": held.state == ResourceState.PUBLISHED,
        "looks": sum(times for _day, times in days),
        "visit_days": VISIT_DAYS,
    }
    return render(request, "courses/resources/edit.html", context, status=422 if form.errors else 200)


@posted_from("courses:edit-resource")
def publish(request: ActorRequest, public_id: str) -> HttpResponse:
    held = actions.publish(by=request.actor, on=today(), resource=_own(request, public_id))
    messages.success(request, gettext("已发布：%(title)s") % {"title": held.title})
    return redirect("courses:edit-resource", held.public_id)


@posted_from("courses:edit-resource")
def withdraw(request: ActorRequest, public_id: str) -> HttpResponse:
    held = actions.withdraw(by=request.actor, on=today(), resource=_own(request, public_id))
    messages.success(request, gettext("已下架：%(title)s。可以再发布。") % {"title": held.title})
    return redirect("courses:edit-resource", held.public_id)


def _own(request: ActorRequest, public_id: str) -> OnlineResource:
    """Whoever keeps nothing is told so; the resources of others are not found."""
    require_somewhere(request.actor, Permission.RESOURCE_EDIT)
    rows = queries.own(request.actor).select_related("region", "base", "skill", "course")
    found: OnlineResource = one(rows, public_id=public_id)
    return found
