"""How far an export's file is, and which files an account may fetch."""

from datetime import datetime

from django.db.models import QuerySet, Sum

from courses.models import ExportFile
from courses.queries.ledgers.wanted import Wanted
from registry.queries import making
from registry.rules.access import Actor


def wanted_of(held: ExportFile) -> Wanted:
    """What the file was asked to hold."""
    return Wanted(
        region_path=held.region.path,
        on=held.on,
        year=held.year,
        cohort=held.cohort,
        comparison_id=held.comparison_id,
    )


def standing(held: ExportFile, *, at: datetime) -> making.Standing:
    """Three queries at most."""
    done = held.parts.aggregate(done=Sum("count"))["done"] or 0
    return making.standing(
        done=held.total if held.made_at else done,
        total=held.total,
        is_made=held.made_at is not None,
        problem=held.problem,
        facts=held.problem_facts,
        task_id=held.task_id,
        at=at,
    )


def there(actor: Actor, *, at: datetime) -> QuerySet[ExportFile]:
    """Files that can still be fetched, newest first, without their bytes."""
    found = ExportFile.objects.visible_to(actor).filter(expires_at__gt=at)
    return found.select_related("region", "cohort").defer("data")
