"""Makes a cohort's file, part by part; run by the worker, or at once when it is small."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from certificates.actions import bulk_files
from certificates.faces import pdf, phone_image
from certificates.faces.errors import FaceTooLong
from certificates.models import BulkFile, BulkPart, Certificate
from certificates.models.bulk_files import BulkKind
from certificates.views.printing import faces_of
from registry.errors import RegistryError

SHEETS = 200
"""In one PDF: one run of the typesetter, 2 to 6 seconds."""
IMAGES = 10
"""Kept at once: a second of work that a kill may cost."""
AT_ONCE = {BulkKind.PDF: 60, BulkKind.IMAGES: 15}
"""Made while the reader waits: less than two seconds (docs/operating.md)."""


def make(pk: int) -> None:
    """Makes the parts that are not there yet. Run again, or twice at once, it makes the same file."""
    held = BulkFile.objects.select_related("cohort").filter(pk=pk, made_at=None, problem="").first()
    if held is None:
        return
    try:
        for parts in _missing(held):
            bulk_files.keep(held=held, parts=parts, at=timezone.now())
    except RegistryError as error:
        bulk_files.cannot(held=held, error=error)


def _missing(held: BulkFile) -> Iterator[list[BulkPart]]:
    there = set(held.parts.values_list("place", flat=True))
    if held.kind == BulkKind.PDF:
        for place, start in enumerate(range(0, held.total, SHEETS)):
            if place not in there:
                yield [_sheets(held, place, start)]
        return
    missing = [place for place in range(held.total) if place not in there]
    for start in range(0, len(missing), IMAGES):
        yield _images(held, missing[start : start + IMAGES])


def _in_force(pks: list[int]) -> list[Certificate]:
    """Those that still are: what was withdrawn since the file was asked for is left out."""
    held = Certificate.objects.in_force().in_bulk(pks)
    return [held[pk] for pk in pks if pk in held]


def _sheets(held: BulkFile, place: int, start: int) -> BulkPart:
    pks = held.certificates[start : start + SHEETS]
    certificates = _in_force(pks)
    data = b""
    if certificates:
        try:
            with override(
                "zh-hans"
            ):  # the language of the file's title, whoever's request or worker makes it
                title = _("%(cohort)s：%(count)s 张证书") % {
                    "cohort": held.cohort.name,
                    "count": len(certificates),
                }
            data = pdf.batch(faces_of(certificates), title=title)
        except FaceTooLong as error:
            raise FaceTooLong(position=start + error.facts["position"]) from None
    parts = -(-held.total // SHEETS)
    number = str(place + 1).zfill(len(str(parts)))
    name = f"{held.cohort.public_id}-{number}.pdf" if parts > 1 else f"{held.cohort.public_id}.pdf"
    return BulkPart(bulk_file=held, place=place, name=name, count=len(pks), data=data)


def _images(held: BulkFile, places: list[int]) -> list[BulkPart]:
    certificates = _in_force([held.certificates[place] for place in places])
    faces = dict(zip((one.pk for one in certificates), faces_of(certificates), strict=True))
    numbers = {one.pk: one.number for one in certificates}
    return [
        # The certificate's number and no name: file names travel further than files.
        BulkPart(
            bulk_file=held,
            place=place,
            name=f"{numbers[pk]}.png" if pk in faces else "",
            count=1,
            data=phone_image.draw(faces[pk]) if pk in faces else b"",
        )
        for place, pk in ((place, held.certificates[place]) for place in places)
    ]
