"""Records how many people a region should have in the national system."""

from datetime import date

from django.db import transaction

from courses.models import PopulationFigure
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.models import Region
from registry.rules.access import Actor, Permission, require

MOST = 200_000_000


@transaction.atomic
def record(
    *, by: Actor, on: date, region: Region, as_of: date, people: int, document: str
) -> PopulationFigure:
    """The figure of a region on a day, with the document it is from; a second one for the day corrects it.

    Raises NotPermitted, InvalidInput.
    """
    require(by, Permission.DATA_EXPORT, region_path=region.path)
    document = " ".join(document.split())
    require_valid(PopulationFigure, document=document)
    if not 0 < people <= MOST:
        raise InvalidInput(fields={"people": "population_figure"})
    if as_of > on:
        raise InvalidInput(fields={"as_of": "date_in_future"})
    before = PopulationFigure.objects.filter(region=region, on=as_of).values_list("people", flat=True).first()
    row, _created = PopulationFigure.objects.update_or_create(
        region=region,
        on=as_of,
        defaults={"people": people, "document": document, "recorded_by": by.name},
    )
    audit.record(
        "population_figure.recorded",
        row,
        by=by,
        region_path=region.path,
        as_of=as_of.isoformat(),
        before=before,
        after=people,
        document=document,
    )
    return row
