"""Puts approved claims on public notice (公示): names masked, the sum and the kind in neutral words."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext, ngettext

from courses.models import SubsidyClaim, SubsidyItem
from courses.subsidy_errors import StepNotAllowed
from registry.actions import notices
from registry.models import Federation, PublicNotice
from registry.queries import standards
from registry.rules.access import Actor, Permission, require
from registry.rules.notices import Item


@transaction.atomic
def publish(
    *,
    by: Actor,
    on: date,
    federation: Federation,
    claims: Sequence[SubsidyClaim],
    title: str,
    intro: str = "",
    ends_on: date | None = None,
) -> PublicNotice:
    """Show what these approved claims pay, for as many working days as the place asks.

    Raises NotPermitted, StepNotAllowed unless all are approved, and what notices.publish raises.
    """
    require(by, Permission.NOTICE_PUBLISH, region_path=federation.region.path)
    rows = SubsidyClaim.objects.select_for_update(of=("self",), no_key=True)
    held = list(
        rows.filter(pk__in=[claim.pk for claim in claims])
        .select_related("scheme", "base", "region")
        .order_by("pk")
    )
    path = federation.region.path
    for claim in held:
        if claim.state != "approved" or not claim.region.path.startswith(path):
            raise StepNotAllowed(state=claim.state, step="notice")
    days = standards.value("subsidy_notice_days", region_path=path, on=on)
    return notices.publish(
        by=by,
        on=on,
        federation=federation,
        kind="subsidy",
        title=title,
        intro=intro,
        items=items_of(held),
        days=days,
        ends_on=ends_on,
    )


def items_of(claims: Sequence[SubsidyClaim]) -> list[Item]:
    """What a notice shows of these claims: a base with its sum, or each person with theirs. In Chinese: it is public."""
    paid: dict[int, list[SubsidyItem]] = {}
    held = SubsidyItem.objects.filter(claim__in=claims, is_left_out=False).select_related("person")
    for item in held.order_by("claim", "pk"):
        paid.setdefault(item.claim_id, []).append(item)
    shown = []
    with translation.override("zh-hans"):
        for claim in claims:
            kind, some = claim.scheme.get_kind_display(), paid.get(claim.pk, [])
            if claim.scheme.is_paid_to_base and claim.base is not None:
                facts = {"kind": kind, "n": len(some), "total": sum(item.amount for item in some)}
                text = ngettext(
                    "%(kind)s，%(n)s 人，合计 %(total)s 元",
                    "%(kind)s，%(n)s 人，合计 %(total)s 元",
                    len(some),
                )
                shown.append(Item(claim, claim.base.public_name, text % facts))
            else:
                text = gettext("%(kind)s，%(amount)s 元")
                shown += [
                    Item.of_person(item, item.person.name, text % {"kind": kind, "amount": item.amount})
                    for item in some
                ]
    return shown
