"""Public notices: those anyone may read, the inside list with its counts, and what they say of a subject."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length

from registry.models import Federation, NoticeItem, Objection, PublicNotice, Region
from registry.models.notices import NoticeState, PublicNoticeQuerySet
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission
from registry.rules.disclosure import discloses_disability
from registry.rules.notices import NO_NOTICE, Standing, judge

TO_CONCLUDE = "to_conclude"


def standing(subject: models.Model, on: date) -> Standing:
    """What the notices say of one subject on a day: one query."""
    return standings(type(subject), [subject.pk], on)[subject.pk]


def standings(model: type[models.Model], ids: Iterable[int], on: date) -> dict[int, Standing]:
    """What the notices say of many subjects of one model, by their ids: one query.

    The latest notice over a subject decides. An open objection to an earlier one still holds it back.
    """
    wanted = list(ids)
    against = Objection.objects.filter(
        Q(item=OuterRef("pk")) | Q(item__isnull=True), notice=OuterRef("notice_id")
    )
    rows = (
        NoticeItem.objects.filter(subject_type=model._meta.label_lower, subject_id__in=wanted)
        .annotate(is_objected=Exists(against.holding_back()), is_open=Exists(against.waiting()))
        .order_by("notice__starts_on", "notice_id")
        .values_list(
            "subject_id",
            "is_objected",
            "is_open",
            "notice__ends_on",
            "notice__withdrawn_on",
            "notice__public_id",
        )
    )
    found: dict[int, Standing] = {}
    has_open: set[int] = set()
    for subject_id, is_objected, is_open, ends_on, withdrawn_on, notice in rows:
        if is_open:
            has_open.add(subject_id)
        found[subject_id] = judge(
            ends_on=ends_on,
            on=on,
            is_withdrawn=withdrawn_on is not None,
            is_objected=is_objected or subject_id in has_open,
            notice=notice,
        )
    return {subject_id: found.get(subject_id, NO_NOTICE) for subject_id in wanted}


def shown(*, on: date, kind: str = "", region: Region | None = None) -> QuerySet[PublicNotice]:
    """Notices that run on the day, for anyone, the first to end first; `items_count` on each."""
    rows = PublicNotice.objects.in_state(NoticeState.PUBLISHED, on=on).filter(starts_on__lte=on)
    if kind:
        rows = rows.filter(kind=kind)
    if region is not None:
        rows = rows.filter(federation__region__path__startswith=region.path)
    return _counted(rows).order_by("ends_on", "pk")


def listed(
    notices: PublicNoticeQuerySet, *, on: date, kind: str = "", state: str = ""
) -> QuerySet[PublicNotice]:
    """The inside list, newest first; `items_count`, `objections_count` and `open_count` on each."""
    rows: QuerySet[PublicNotice] = notices.in_state(state, on=on) if state in NoticeState.values else notices
    if state == TO_CONCLUDE:
        rows = to_conclude(rows, on=on)
    if kind:
        rows = rows.filter(kind=kind)
    objections = Objection.objects.filter(notice=OuterRef("pk"))
    return _counted(rows).annotate(
        objections_count=_count(objections), open_count=_count(objections.waiting())
    )


def to_conclude(notices: QuerySet[PublicNotice], *, on: date) -> QuerySet[PublicNotice]:
    """Notices that ended with every objection answered, and are not filed: what they were for can go on."""
    waiting = Objection.objects.waiting().filter(notice=OuterRef("pk"))
    return notices.filter(
        ~Exists(waiting), ends_on__lt=on, withdrawn_on__isnull=True, concluded_on__isnull=True
    )


def answerable(objections: QuerySet[Objection], actor: Actor) -> QuerySet[Objection]:
    """Open objections that the actor may answer: never to what the actor published."""
    rows = objections.filter(state="open")
    if actor.is_system:
        return rows
    paths = actor.scope(Permission.NOTICE_ANSWER).region_paths
    return rows.filter(in_subtrees("notice__federation__region__path", paths)).exclude(
        notice__published_by_id=actor.account_id
    )


def publishers(actor: Actor, region: Region) -> list[Federation]:
    """Federations at or above a region in whose name the actor may publish, the nearest first."""
    rows = Federation.objects.filter(region__code__in=region.ancestor_codes).select_related("region")
    if not actor.is_system:
        paths = actor.scope(Permission.NOTICE_PUBLISH).region_paths
        rows = rows.filter(in_subtrees("region__path", paths))
    return list(rows.order_by(Length("region__path").desc()))


def public_name(federation: Federation) -> str:
    """Who publishes, in words that disclose nothing; an old name that does is left out."""
    name = federation.public_name
    return federation.region.name if discloses_disability(name) else name


def _counted(rows: QuerySet[PublicNotice]) -> QuerySet[PublicNotice]:
    items = NoticeItem.objects.filter(notice=OuterRef("pk"))
    return rows.select_related("federation__region").annotate(items_count=_count(items))


def _count(rows: QuerySet[models.Model]) -> Coalesce:
    counted = rows.order_by().values("notice").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
