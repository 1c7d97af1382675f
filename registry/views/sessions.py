"""Signing in and out, and one's own password."""

from django import forms
from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from registry.actions import accounts, throttles
from registry.forms import Form
from registry.models import Account
from registry.queries.lookup import one
from registry.requests import ActorRequest, client_address, today
from registry.views import refusals


class SignInForm(Form):
    username = forms.CharField(
        label=_("登录名"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "class": "width-20"}
        ),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "width-20"}),
    )


@login_not_required
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: ActorRequest) -> HttpResponse:
    """The same answer to a wrong name and a wrong password; tries are counted by name and address."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    onward = request.POST.get("next", request.GET.get("next", ""))
    if form.is_valid():
        with refusals.shown_on(form):
            account = accounts.sign_in(
                **form.cleaned_data, address=client_address(request), at=timezone.now()
            )
            login(request, account)
            return redirect(onward if _is_ours(request, onward) else settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "next": onward if _is_ours(request, onward) else ""}
    return render(request, "registry/sessions/sign_in.html", context, status=422 if form.is_bound else 200)


def _is_ours(request: ActorRequest, url: str) -> bool:
    """Whether a link leads back into this site: a sign-in page must not send people elsewhere."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(
        resolve_url(url) if url else "", allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


@require_POST
def sign_out(request: ActorRequest) -> HttpResponse:
    logout(request)
    return redirect("registry:sign-in")


class PasswordForm(Form):
    old_password = forms.CharField(
        label=_("现在的密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "width-20"}),
    )
    password = forms.CharField(
        label=_("新密码"),
        max_length=200,
        strip=False,
        help_text=_("至少 8 个字符，不能是常见密码。可以粘贴，可以用密码管理器。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "width-20"}),
    )


@sensitive_post_parameters("old_password", "password")
@require_http_methods(["GET", "POST"])
def password(request: ActorRequest) -> HttpResponse:
    """Change one's own password; every other session of the account ends."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        throttles.hit(
            purpose="password", source=str(request.actor.account_id), limit=10, seconds=900, at=timezone.now()
        )
        with refusals.shown_on(form):
            account = one(Account.objects.all(), pk=request.actor.account_id)
            changed = accounts.change_password(
                by=request.actor,
                on=today(),
                account=account,
                old_password=form.cleaned_data["old_password"],
                password=form.cleaned_data["password"],
            )
            update_session_auth_hash(request, changed)
            return render(request, "registry/sessions/password_changed.html")
    return render(
        request, "registry/sessions/password.html", {"form": form}, status=422 if form.is_bound else 200
    )
