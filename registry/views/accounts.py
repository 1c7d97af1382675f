"""Pages of accounts: the list, one account with its roles and tokens, opening one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from registry.actions import accounts
from registry.forms import Form
from registry.models import Account
from registry.models.accounts import ROLE_NAMES
from registry.queries import accounts as queries
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import BASE_ROLES, FEDERATION_ROLES, Permission, require_somewhere
from registry.views import refusals
from registry.views.fields import CHOOSE, DayField, chosen
from registry.views.lists import page_of
from registry.views.posts import posted_from


@require_safe
def account_list(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.ACCOUNT_MANAGE)
    page = page_of(request, queries.with_roles(request.actor))
    return render(request, "registry/accounts/list.html", {"page": page})


class RoleForm(Form):
    """One role in one organisation: a federation, or a base."""

    federation: forms.Field = forms.ModelChoiceField(
        label=_("残联"), queryset=None, to_field_name="public_id", required=False, empty_label=CHOOSE[1]
    )
    base: forms.Field = forms.ModelChoiceField(
        label=_("培训基地"),
        queryset=None,
        to_field_name="public_id",
        required=False,
        empty_label=CHOOSE[1],
        help_text=_("残联和培训基地选一个。"),
    )
    role = forms.ChoiceField(label=_("角色"), choices=chosen(ROLE_NAMES.items()))

    def __init__(self, actor: Any, *args: Any) -> None:
        super().__init__(*args)
        fields: dict[str, Any] = self.fields
        fields["federation"].queryset = queries.federations(actor)
        fields["base"].queryset = queries.bases(actor)

    def clean(self) -> dict[str, Any]:
        held: dict[str, Any] = super().clean() or self.cleaned_data
        federation, base, role = held.get("federation"), held.get("base"), held.get("role")
        if bool(federation) == bool(base) and "federation" in held and "base" in held:
            raise ValidationError(_("残联和培训基地要选一个，也只能选一个。"))
        if role and (federation or base) and role not in (FEDERATION_ROLES if federation else BASE_ROLES):
            self.add_error("role", _("这个角色不属于这类单位。"))
        return held


class AccountForm(RoleForm):
    field_order = ["username", "name", "password", "federation", "base", "role"]
    username = forms.CharField(
        label=_("登录名"),
        max_length=40,
        help_text=_("字母、数字和 - _ . @，不分大小写。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "class": "width-20"}),
    )
    name = forms.CharField(
        label=_("姓名"), max_length=50, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    password = forms.CharField(
        label=_("初始密码"),
        max_length=200,
        strip=False,
        help_text=_("至少 8 个字符，不能是常见密码。请当面告知本人，并请本人登录后修改。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "width-20"}),
    )


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def new_account(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.ACCOUNT_MANAGE)
    form = AccountForm(request.actor, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            opened = accounts.open_account(by=request.actor, on=today(), **form.cleaned_data)
            return redirect("registry:account", public_id=opened.public_id)
    return render(request, "registry/accounts/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def account(request: ActorRequest, public_id: str) -> HttpResponse:
    require_somewhere(request.actor, Permission.ACCOUNT_MANAGE)
    return _page(request, _account(request, public_id))


class TokenForm(Form):
    label = forms.CharField(label=_("用途"), max_length=60, help_text=_("例如：学校教务系统每晚上传名单。"))
    expires_on = DayField(label=_("有效期至"), help_text=_("最长一年。"))


@require_http_methods(["GET", "POST"])
def grant(request: ActorRequest, public_id: str) -> HttpResponse:
    require_somewhere(request.actor, Permission.ACCOUNT_MANAGE)
    shown = _account(request, public_id)
    form = RoleForm(request.actor, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            accounts.grant(by=request.actor, on=today(), account=shown, **form.cleaned_data)
            return redirect("registry:account", public_id=public_id)
    context = {"form": form, "account": shown}
    return render(request, "registry/accounts/grant.html", context, status=422 if form.is_bound else 200)


@posted_from("registry:account")
def end_grant(request: ActorRequest, public_id: str, membership_id: int) -> HttpResponse:
    require_somewhere(request.actor, Permission.ACCOUNT_MANAGE)
    shown = _account(request, public_id)
    held = one(queries.managed_memberships(request.actor), pk=membership_id, account=shown)
    accounts.end_grant(by=request.actor, on=today(), membership=held)
    return redirect("registry:account", public_id=public_id)


@require_http_methods(["GET", "POST"])
def token(request: ActorRequest, public_id: str) -> HttpResponse:
    """A token's text is shown once, in the answer to this very request."""
    require_somewhere(request.actor, Permission.ACCOUNT_MANAGE)
    shown = _account(request, public_id)
    form = TokenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            _row, text = accounts.issue_token(
                by=request.actor, on=today(), account=shown, **form.cleaned_data
            )
            return render(request, "registry/accounts/token_issued.html", {"account": shown, "token": text})
    context = {"form": form, "account": shown}
    return render(request, "registry/accounts/token.html", context, status=422 if form.is_bound else 200)


@posted_from("registry:account")
def end_token(request: ActorRequest, public_id: str, token_id: int) -> HttpResponse:
    require_somewhere(request.actor, Permission.ACCOUNT_MANAGE)
    shown = _account(request, public_id)
    accounts.end_token(by=request.actor, on=today(), token=one(shown.api_tokens.all(), pk=token_id))
    return redirect("registry:account", public_id=public_id)


def _account(request: ActorRequest, public_id: str) -> Account:
    return one(queries.with_roles(request.actor), public_id=public_id)


def _page(request: ActorRequest, shown: Any) -> HttpResponse:
    context = {
        "account": shown,
        "tokens": shown.api_tokens.filter(ended_at__isnull=True),
        "is_own": shown.pk == request.actor.account_id,
    }
    return render(request, "registry/accounts/account.html", context)
