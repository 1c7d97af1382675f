"""The people behind a figure, for those who may see them: a page at a time, without counting millions of rows."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce

from certificates.models import Certificate, ExternalCertificate
from courses.models import Skill
from goals.models import PlanPeriod, Tally
from goals.queries import figures
from goals.queries.figures import EVERYBODY
from goals.rules.slices import MEMBERS, NO_SKILL, OF_TRAINING, ONE_SKILL, TWO_SKILLS, Slice
from registry.models import Person, Region
from registry.rules.access import Actor

ROWS = 50

NONE, ONE, TWO = "0", "1", "2"
"""Values of the skills filter: no skill, one short of the goal, the goal reached."""
OF_SKILLS = {"": MEMBERS, NONE: NO_SKILL, ONE: ONE_SKILL, TWO: TWO_SKILLS}

BELOW_TWO = replace(MEMBERS, less=TWO_SKILLS.measures)
SHORT = (NO_SKILL, ONE_SKILL, BELOW_TWO)
"""Whoever is in one of these needs a course."""

# What the columns of a tally and their index tell without looking into its counts.
_COLUMNS = {MEMBERS: Q(), NO_SKILL: Q(skills=0), ONE_SKILL: Q(skills=1), TWO_SKILLS: Q(skills__gte=2)}
_COLUMNS[BELOW_TWO] = Q(skills__lte=1)


@dataclass(frozen=True)
class Place:
    """Where a page goes on: in the region of this code, behind this person (a public id)."""

    code: str = ""
    after: str = ""


@dataclass(frozen=True)
class Listed:
    """A page of tallies with their people; `total` in the figure's unit; `next` None on the last page."""

    rows: list[Tally]
    total: int
    next: Place | None


def page(
    actor: Actor,
    wanted: Slice,
    period: PlanPeriod,
    regions: Sequence[Region],
    *,
    start: Place | None = None,
    cell: str = EVERYBODY,
) -> Listed:
    """The people of a figure in these regions with all below, region by region; five queries at most.

    Only regions in whose figures somebody stands are looked into, no more of them than fill a page: a page costs as
    much in a county as in a nation. The actor must read the people of these regions.
    """
    counts = figures.by_path(regions, period, cell=cell)
    total = sum(wanted.count(counts.get(region.path, {})) for region in regions)
    left = [path for path in sorted(counts) if wanted.count(counts[path]) > 0]
    behind = None
    if start and start.code:
        left = [path for path in left if _code(path) >= start.code]
        if start.after and left and _code(left[0]) == start.code:
            behind = Person.objects.filter(public_id=start.after).values_list("pk", flat=True).first()
    weights = {path: wanted.count(counts[path]) for path in left}
    if behind:
        weights[left[0]] = 0  # nobody counted how many are left of it
    taken = _enough(left, weights)
    places = {region.pk: region for region in Region.objects.filter(path__in=taken).order_by("path")}
    rows = _tallies(wanted, period, cell)
    rows = rows.filter(region=next(iter(places))) if len(places) == 1 else rows.filter(region__in=places)
    if behind:
        first = next(pk for pk, region in places.items() if region.path == left[0])
        rows = rows.filter(~Q(region=first) | Q(person__gt=behind))
    # In one region the order is that of its index, which then need not be read to its end. Several come by their paths
    # without joining them: PostgreSQL would walk the paths of all regions for it.
    in_order = (
        [Case(*(When(region=pk, then=Value(n)) for n, pk in enumerate(places)))] if len(places) > 1 else []
    )
    found = list(rows.order_by(*in_order, "person_id")[: ROWS + 1])
    for row in found:
        row.region = places[row.region_id]
    seen = _with_people(found[:ROWS], actor)
    following = None
    if len(found) > ROWS:
        following = Place(seen[-1].region.code, seen[-1].person.public_id) if seen else None
    elif len(taken) < len(left):
        following = Place(_code(left[len(taken)]))
    return Listed(seen, total, following)


def of_bases(actor: Actor, period: PlanPeriod, wanted: Slice) -> QuerySet[Tally]:
    """The same for who reads the people of single bases: they are few."""
    rows = _tallies(wanted, period, EVERYBODY) & Tally.objects.visible_to(actor)
    return rows.select_related("person__region", "region").order_by("region__code", "person_id")


def skills_of(person_ids: Collection[int], *, on: date) -> dict[int, list[Skill]]:
    """Each one's skills in the order of their numbers; three queries."""
    pairs = {
        pair
        for proofs in (
            Certificate.objects.held_on(on),
            ExternalCertificate.objects.in_force(on).filter(issued_on__lte=on),
        )
        for pair in proofs.filter(person_id__in=person_ids).values_list("person_id", "skill_id")
    }
    skills = Skill.objects.filter(pk__in={skill_id for _person, skill_id in pairs}).in_bulk()
    held: dict[int, list[Skill]] = defaultdict(list)
    for person_id, skill_id in sorted(pairs, key=lambda pair: skills[pair[1]].number):
        held[person_id].append(skills[skill_id])
    return held


def _tallies(wanted: Slice, period: PlanPeriod, cell: str) -> QuerySet[Tally]:
    """Whoever is in the slice, under the cell."""
    rows = Tally.objects.filter(period=period)
    kind = cell.partition(":")[0]
    if kind in OF_TRAINING:
        return _adding_more(rows, wanted, KeyTransform(cell, "parts"))
    if cell:
        # As text: SQLite has no "contains" for a JSON list. In quotes no known cell lies inside another.
        rows = rows.alias(listed=Cast("cells", TextField())).filter(listed__contains=f'"{cell}"')
    if wanted in _COLUMNS:
        return rows.members().filter(_COLUMNS[wanted])
    return _adding_more(rows, wanted, F("counts"))


def _adding_more(rows: QuerySet[Tally], wanted: Slice, counts: Any) -> QuerySet[Tally]:
    def whole(measures: tuple[str, ...]) -> Any:
        parts = [Coalesce(Cast(KeyTextTransform(measure, counts), IntegerField()), 0) for measure in measures]
        return sum(parts[1:], parts[0])

    adding = rows.alias(adding=whole(wanted.measures))
    return adding.filter(adding__gt=whole(wanted.less) if wanted.less else 0)


def _enough(paths: list[str], counts: dict[str, int]) -> list[str]:
    """The first regions in which a page's people stand: the figures of a region hold those of all below it."""
    taken: list[str] = []
    people = 0
    for number, path in enumerate(paths):
        if people > ROWS:
            break
        taken.append(path)
        following = paths[number + 1] if number + 1 < len(paths) else ""
        if not following.startswith(path):
            people += counts[path]
    return taken


def _with_people(rows: list[Tally], actor: Actor) -> list[Tally]:
    """The rows with their people, as far as the actor may see them as people."""
    people = (
        Person.objects.visible_to(actor).select_related("region").in_bulk([row.person_id for row in rows])
    )
    for row in rows:
        if row.person_id in people:
            row.person = people[row.person_id]
    return [row for row in rows if row.person_id in people]


def _code(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]
