"""Pages of changes of certificates that the browser visits."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from certificates.actions import changes, corrections
from certificates.models import Certificate, Change
from certificates.rules.corrections import FIELDS
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.certificates.factories import AT, a_policy, a_waiting_withdrawal
from tests.certificates.visited import all_issued, issued, staff
from tests.conftest import TODAY
from tests.registry.factories import a_federation
from tests.registry.visits import LONG_NAME


def correcting(post: Mapping[str, Any] | None = None, status: int = 0) -> Visit:
    """At the base of a certificate; `post` changes what its form holds."""
    row = issued()
    filled = {name: str(getattr(row, name)) for name in FIELDS} | {"note": ""} | dict(post or {})
    account = staff("base_manager", row.base)
    return Visit(
        account, reverse("certificates:correct", args=[row.public_id]), filled if post else None, status
    )


def waiting_correction() -> Change:
    row = issued()
    by = actor_for(staff("base_manager", row.base), on=TODAY)
    typed = {"holder_name": LONG_NAME[:-1], "course_name": "网络直播销售实务", "hours": 50}
    return corrections.correct(by=by, at=timezone.now(), certificate=row, typed=typed, note="身份证为准")


def of_change(row: Change, name: str = "change", post: Mapping[str, Any] | None = None) -> Visit:
    return Visit(staff(), reverse(f"certificates:{name}", args=[row.public_id]), post)


def list_of_changes(some: bool = True) -> Visit:
    if some:
        a_waiting_withdrawal(issued())
        waiting_correction()
    return Visit(staff(), reverse("certificates:changes"))


def of_sheet(upload: bool = False, cells: bool = False) -> Visit:
    """A cohort's certificates to correct: one row good, one bad, one of another cohort."""
    cohort = all_issued()
    account = staff("base_manager", cohort.base)
    address = reverse("certificates:correct-cohort", args=[cohort.public_id])
    if upload:
        return Visit(account, address, {})
    if not cells:
        return Visit(account, address)
    good, bad = Certificate.objects.filter(enrolment__cohort=cohort)
    sent = {
        f"cell-{good.public_id}-holder_name": LONG_NAME,
        f"cell-{bad.public_id}-hours": "五十",
        f"cell-{bad.public_id}-starts_on": "六月三日",
    }
    return Visit(account, address, sent | {"do": "check"}, 422)


def of_many(name: str = "cohort", post: Mapping[str, Any] | None = None, status: int = 0) -> Visit:
    cohort = all_issued()
    row = cohort if name == "cohort" else cohort.base
    return Visit(staff(), reverse(f"certificates:change-{name}", args=[row.public_id]), post, status)


def in_the_middle_of_many() -> Visit:
    """A change of a whole cohort that takes effect step by step, none taken yet."""
    cohort = all_issued()
    change = changes.ask_many(
        by=SYSTEM,
        at=AT,
        kind="suspend",
        base=cohort.base,
        cohort=cohort,
        wanted=[(one, {}) for one in Certificate.objects.filter(enrolment__cohort=cohort)],
        reason_class="under_review",
    )
    account = staff("counsellor")
    return Visit(account, reverse("certificates:change", args=[change.public_id]))


def policies(of_one: bool = False, post: Mapping[str, Any] | None = None) -> Visit:
    federation = a_federation("620500")
    a_federation("620502")
    a_policy(two_people_withdraw=True, two_people_replace=True)
    args = [federation.public_id] if of_one else []
    name = "policy" if of_one else "policies"
    return Visit(staff("federation_officer"), reverse(f"certificates:{name}", args=args), post)


VISITS: dict[str, Callable[[], Visit]] = {
    "certificates:correct": correcting,
    "certificates:correct, to check": lambda: correcting(
        {"holder_name": LONG_NAME[:-1], "hours": "50", "rename": "on", "do": "check"}, 200
    ),
    "certificates:correct, wrong": lambda: correcting(
        {"hours": "五十", "course_name": "盲人按摩", "ends_on": "", "do": "check"}
    ),
    "certificates:changes": list_of_changes,
    "certificates:changes, none": lambda: list_of_changes(some=False),
    "certificates:change, to approve": lambda: of_change(a_waiting_withdrawal(issued())),
    "certificates:change, due": lambda: of_change(waiting_correction()),
    "certificates:approve-change, wrong": lambda: of_change(
        a_waiting_withdrawal(issued()), "approve-change", {"approve-note": "长" * 301}
    ),
    "certificates:refuse-change, wrong": lambda: of_change(
        a_waiting_withdrawal(issued()), "refuse-change", {"refuse-note": "长" * 301}
    ),
    "certificates:undo-change, wrong": lambda: of_change(
        a_waiting_withdrawal(issued()), "undo-change", {"undo-note": "长" * 301}
    ),
    "certificates:change, step by step": in_the_middle_of_many,
    "certificates:correct-cohort": of_sheet,
    "certificates:correct-cohort, no file": lambda: of_sheet(upload=True),
    "certificates:correct-cohort, to check": lambda: of_sheet(cells=True),
    "certificates:change-cohort": of_many,
    "certificates:change-cohort, to check": lambda: of_many(
        post={"kind": "withdraw", "reason_class": "fraud", "do": "check"}, status=200
    ),
    "certificates:change-base": lambda: of_many("base"),
    "certificates:change-base, wrong": lambda: of_many("base", {"kind": "withdraw", "do": "check"}),
    "certificates:policies": policies,
    "certificates:policy": lambda: policies(of_one=True),
    "certificates:policy, wrong": lambda: policies(of_one=True, post={"undo_minutes": "-1"}),
}
