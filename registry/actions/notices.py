"""Publishes notices (公示), takes them down early, and files them once what they were for is done."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from registry.actions import audit
from registry.actions.locks import lock
from registry.actions.values import require_valid
from registry.errors import AlreadyOnNotice, InvalidInput, NoticeNotOver, NoticeOver
from registry.models import Federation, NoticeItem, PublicNotice
from registry.models.batches import BATCH_ROWS
from registry.models.notices import NoticeState
from registry.queries import standards
from registry.rules.access import Actor, Permission, require
from registry.rules.disclosure import disclosing_word
from registry.rules.notices import Item, last_day
from registry.rules.personal_numbers import holds_personal_number

MOST_ITEMS = 2_000
LONGEST_NOTICE = timedelta(days=366)


@transaction.atomic
def publish(
    *,
    by: Actor,
    on: date,
    federation: Federation,
    kind: str,
    title: str,
    items: Sequence[Item],
    intro: str = "",
    days: int | None = None,
    ends_on: date | None = None,
) -> PublicNotice:
    """Show items to everybody from this day on, for `days` working days or until a later `ends_on` (included).

    Without `days` the local standard says how many (`<kind>_notice_days`).
    The items are kept as they are given, so they must be masked already (`Item.of_person`). Whatever discloses a
    disability or holds a person's number is refused: 个人信息保护法 §28, docs/domain.md §5.6. Raises NotPermitted,
    InvalidInput, AlreadyOnNotice.
    """
    require(by, Permission.NOTICE_PUBLISH, region_path=federation.region.path)
    title, intro = title.strip(), " ".join(intro.split())
    require_valid(PublicNotice, kind=kind, title=title, intro=intro)
    _require_public(title=title, intro=intro)
    if days is None:
        days = standards.value(f"{kind}_notice_days", region_path=federation.region.path, on=on)
    earliest = last_day(on, days)
    ends_on = ends_on or earliest
    if ends_on < earliest:
        raise InvalidInput(fields={"ends_on": "notice_too_short"}, days=days, earliest=earliest.isoformat())
    if ends_on > on + LONGEST_NOTICE:
        raise InvalidInput(fields={"ends_on": "notice_too_long"})
    if not items or len(items) > MOST_ITEMS:
        problem = "notice_too_many_items" if items else "notice_items_missing"
        raise InvalidInput(fields={"items": problem}, limit=MOST_ITEMS)
    for item in items:
        require_valid(NoticeItem, name=item.name, text=item.text)
        _require_public(items=f"{item.name} {item.text}")
    # Two at once must not put the same thing on two notices: whoever publishes holds the federation's row.
    Federation.objects.select_for_update(of=("self",), no_key=True).get(pk=federation.pk)
    _require_free(items, on=on)
    notice = PublicNotice.objects.create(
        kind=kind,
        federation=federation,
        title=title,
        intro=intro,
        starts_on=on,
        ends_on=ends_on,
        published_by=by.name,
        published_by_id=by.account_id,
    )
    NoticeItem.objects.bulk_create(
        [
            NoticeItem(
                notice=notice,
                position=position,
                subject_type=item.key[0],
                subject_id=item.key[1],
                name=item.name,
                text=item.text,
            )
            for position, item in enumerate(items, 1)
        ],
        batch_size=BATCH_ROWS,
    )
    _audit("published", notice, by=by, on=on, kind=kind, items=len(items), ends_on=ends_on.isoformat())
    return notice


@transaction.atomic
def withdraw(*, by: Actor, on: date, notice: PublicNotice, reason: str) -> PublicNotice:
    """Take a notice down before its end; the public reads the reason. Nobody opens it again.

    Raises NotPermitted, InvalidInput, NoticeOver.
    """
    held = _locked(notice)
    require(by, Permission.NOTICE_PUBLISH, region_path=held.federation.region.path)
    reason = reason.strip()
    require_valid(PublicNotice, withdrawn_reason=reason)
    if not reason:
        raise InvalidInput(fields={"reason": "field_missing"})
    _require_public(reason=reason)
    if not held.is_shown(on):
        raise NoticeOver()
    held.withdrawn_on, held.withdrawn_by, held.withdrawn_reason = on, by.name, reason
    held.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_reason"])
    _audit("withdrawn", held, by=by, on=on)
    return held


@transaction.atomic
def conclude(*, by: Actor, on: date, notice: PublicNotice) -> PublicNotice:
    """File a notice that ended: what it was for is done or given up. Filing it twice changes nothing.

    Raises NotPermitted; NoticeNotOver while it runs or an objection waits.
    """
    held = _locked(notice)
    require(by, Permission.NOTICE_PUBLISH, region_path=held.federation.region.path)
    if held.concluded_on is not None:
        return held
    if held.state(on) == NoticeState.PUBLISHED or held.objections.filter(state="open").exists():
        raise NoticeNotOver()
    held.concluded_on, held.concluded_by = on, by.name
    held.save(update_fields=["concluded_on", "concluded_by"])
    _audit("concluded", held, by=by, on=on)
    return held


def _locked(notice: PublicNotice) -> PublicNotice:
    return lock(notice, "federation__region")


def _require_public(**texts: str) -> None:
    """Raises InvalidInput for a text that discloses a disability or holds a person's number."""
    for field, text in texts.items():
        if word := disclosing_word(text):
            raise InvalidInput(fields={field: "notice_discloses"}, word=word)
        if holds_personal_number(text):
            raise InvalidInput(fields={field: "notice_personal_number"})


def _require_free(items: Sequence[Item], *, on: date) -> None:
    """Raises AlreadyOnNotice, or InvalidInput where the same thing is meant twice."""
    keys = [item.key for item in items]
    if len(set(keys)) < len(keys):
        raise InvalidInput(fields={"items": "already_held"})
    by_type: dict[str, list[int]] = {}
    for subject_type, subject_id in keys:
        by_type.setdefault(subject_type, []).append(subject_id)
    running = {
        held
        for subject_type, ids in by_type.items()
        for held in NoticeItem.objects.filter(
            subject_type=subject_type,
            subject_id__in=ids,
            notice__in=PublicNotice.objects.in_state(NoticeState.PUBLISHED, on=on),
        ).values_list("subject_type", "subject_id")
    }
    if running:
        raise AlreadyOnNotice(rows=[number for number, key in enumerate(keys, 1) if key in running])


def _audit(verb: str, notice: PublicNotice, *, by: Actor, on: date, **facts: object) -> None:
    path = notice.federation.region.path
    audit.record(f"notice.{verb}", notice, by=by, region_path=path, on=on.isoformat(), **facts)
