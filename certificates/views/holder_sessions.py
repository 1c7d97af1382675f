"""The holder's own session: a signed cookie, apart from staff's, that ends after 30 idle minutes.

It holds public ids and times, nothing of the person. A slip that is ended closes what was opened with it,
because every page asks for it again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from certificates.models import Slip
from registry.models import Person
from registry.requests import today

IDLE_SECONDS = 30 * 60
"""As for staff (ASVS 5.0 7.3.1)."""
LONGEST_SECONDS = 4 * 3600
"""However busy: a copy of the cookie must not live on by being used."""
_SALT = "certificates.holder"


@dataclass(frozen=True)
class HolderSession:
    """Who looks at their own certificates, since when, by which slip ("" for number and name)."""

    person_id: str
    slip_id: str
    opened: int
    seen: int


def cookie_name() -> str:
    return "__Host-holder" if settings.SESSION_COOKIE_SECURE else "holder"


def begin(response: HttpResponse, person: Person, *, slip: Slip | None = None, at: datetime) -> None:
    """The person has proved who they are."""
    now = int(at.timestamp())
    session = HolderSession(person.public_id, slip.public_id if slip else "", now, now)
    _set(response, session)


def end(response: HttpResponse) -> None:
    response.delete_cookie(cookie_name(), samesite="Lax")


def holder_of(request: HttpRequest, *, at: datetime) -> tuple[Person, HolderSession] | None:
    """The person whose session this is. None without one, or when it ran out or its slip was ended."""
    try:
        session = HolderSession(**signing.loads(request.COOKIES.get(cookie_name(), ""), salt=_SALT))
    except (signing.BadSignature, TypeError):
        return None
    now = int(at.timestamp())
    if now - session.seen >= IDLE_SECONDS or now - session.opened >= LONGEST_SECONDS:
        return None
    if session.slip_id and not Slip.objects.in_force(today()).filter(public_id=session.slip_id).exists():
        return None
    person = Person.objects.filter(public_id=session.person_id).first()
    return (person, session) if person else None


def for_holder(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view for holders: it is given the person; whoever is none is led to where they prove it."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **others: Any) -> HttpResponse:
        at = timezone.now()
        found = holder_of(request, at=at)
        if found is None:
            return redirect("certificates:my")
        person, session = found
        return go_on(view(request, person, *args, **others), session, at=at)

    return guarded


def go_on(response: HttpResponse, session: HolderSession, *, at: datetime) -> HttpResponse:
    """The answer to a holder, from which the idle minutes are counted anew."""
    _set(response, replace(session, seen=int(at.timestamp())))
    return private(response)


def private(response: HttpResponse) -> HttpResponse:
    """Kept by nobody on the way and found by no search engine."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _set(response: HttpResponse, session: HolderSession) -> None:
    response.set_cookie(
        cookie_name(),
        signing.dumps(vars(session), salt=_SALT),
        max_age=IDLE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
