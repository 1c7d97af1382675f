"""The page on which an officer checks what a notice will say and publishes it: the same for every kind."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from registry import words
from registry.actions import notices
from registry.errors import NotPermitted
from registry.forms import Form
from registry.models import Federation, PublicNotice, Region
from registry.models.notices import NoticeKind
from registry.queries import notices as queries
from registry.queries import standards
from registry.requests import ActorRequest, today
from registry.rules.access import Permission
from registry.rules.notices import Item, is_masked, last_day
from registry.views import refusals
from registry.views.fields import DayField


class PublishForm(Form):
    federation: forms.Field = forms.ChoiceField(label=_("以哪个单位的名义"))
    title = forms.CharField(label=_("标题"), max_length=80)
    intro = forms.CharField(
        label=_("说明"),
        max_length=1_000,
        required=False,
        help_text=_("依据什么文件，公示什么，有异议怎么办。"),
        widget=forms.Textarea({"rows": 3}),
    )
    ends_on = DayField(
        label=_("公示截止"),
        help_text=_("这一天仍然公示，过后自动撤下。已按规定的工作日算好；中间有法定节假日的，请往后改。"),
    )
    # Of the items as they were checked: a list that changed meanwhile is shown once more.
    checked = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, publishers: Sequence[Federation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(publishers) == 1:  # nothing to choose
            del self.fields["federation"]
            return
        self.fields["federation"] = forms.ChoiceField(
            label=_("以哪个单位的名义"),
            choices=[(one.public_id, queries.public_name(one)) for one in publishers],
        )


def publish_page(
    request: ActorRequest,
    *,
    kind: NoticeKind,
    region: Region,
    items: Sequence[Item],
    title: str,
    intro: str = "",
    back: str,
    publish: Callable[..., PublicNotice] = notices.publish,
) -> HttpResponse:
    """Shows the items of a notice as the public will see them, and publishes them once they were checked.

    For the view of a kind's own module, which looked up the rows by `visible_to`. `region` is where the things lie:
    the nearest federation upward that the actor publishes for is offered first. `back` is the address of the page
    that led here. `publish` does it, where more is written than the notice itself. Raises NotPermitted where there is none.
    """
    publishers = queries.publishers(request.actor, region)
    if not publishers:
        raise NotPermitted(permission=Permission.NOTICE_PUBLISH.value)
    on = today()
    days = standards.value(f"{kind}_notice_days", region_path=publishers[0].region.path, on=on)
    checked = _digest(items)
    initial = {"title": title, "intro": intro, "ends_on": last_day(on, days), "checked": checked}
    form = PublishForm(publishers, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        asked = form.cleaned_data
        if asked.pop("checked") != checked:
            again = request.POST.copy()
            again["checked"] = checked
            form = PublishForm(publishers, again)
            form.add_error(None, words.say("notice_changed"))
        else:
            chosen = asked.pop("federation", publishers[0].public_id)
            federation = next(one for one in publishers if one.public_id == chosen)
            with refusals.shown_on(form):
                made = publish(
                    by=request.actor, on=on, federation=federation, kind=kind, items=items, **asked
                )
                messages.success(request, _now("公示已经发布，任何人都能看到。"))
                return redirect("registry:notice-record", public_id=made.public_id)
    context = {
        "form": form,
        "items": [(item, is_masked(item.name)) for item in items],
        "kind": kind.label,
        "back": back,
        "publisher": queries.public_name(publishers[0]) if len(publishers) == 1 else "",
    }
    return render(request, "registry/notices/publish.html", context, status=422 if form.errors else 200)


def _digest(items: Sequence[Item]) -> str:
    shown = "\n".join(f"{item.key} {item.name} {item.text}" for item in items)
    return hashlib.sha256(shown.encode()).hexdigest()[:32]
