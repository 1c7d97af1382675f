"""Writes of exports: ask for one with its reason, make it page by page, hand it out, forget it."""

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from courses.errors import NothingToExport
from courses.models import Cohort, Comparison, ExportFile, ExportPart
from courses.queries import ledgers
from courses.queries.export_files import wanted_of
from courses.rules.ledgers import About, Ledger, Sheet
from courses.workbooks.ledgers import LedgerSheet, write_ledger
from registry import words
from registry.actions import audit, exports, tasks
from registry.errors import InvalidInput, NotFound, RegistryError
from registry.models import Account, Region
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM, Actor, Permission, require

KEPT = timedelta(days=1)
TASK = "courses.tasks.make_export_file"
AT_ONCE = 2000
"""Rows made while the reader waits: about a second."""
YEARS = range(2000, 2200)


@transaction.atomic
def ask(
    *,
    by: Actor,
    on: date,
    at: datetime,
    ledger: str,
    region: Region,
    purpose: str,
    recipient: str,
    in_clear: Collection[str] = (),
    year: int | None = None,
    cohort: Cohort | None = None,
    comparison: Comparison | None = None,
) -> ExportFile:
    """A file to be made, of the region or of one cohort (whose region it then is).

    More than AT_ONCE rows are left to the worker; the caller makes the others. Of a ledger by year `year` is needed.
    Raises NotPermitted, InvalidInput, NotFound for an unknown ledger, NothingToExport.
    """
    kind = ledgers.LEDGERS.get(ledger)
    if kind is None or kind.about is not _about(cohort, comparison):
        raise NotFound(what="ledger")
    region = cohort.region if cohort else comparison.region if comparison else region
    recipient = exports.require_reason(by=by, region=region, purpose=purpose, recipient=recipient)
    known = {field.key for field in kind.personal}
    if set(in_clear) - known:
        raise InvalidInput(fields={"in_clear": "field_choice"})
    if kind.by_year and year not in YEARS:
        raise InvalidInput(fields={"year": "export_year"})
    held = ExportFile(
        public_id=exports.numbered(),
        ledger=ledger,
        region=region,
        cohort=cohort,
        comparison=comparison,
        year=year if kind.by_year else None,
        purpose=purpose,
        recipient=recipient,
        in_clear=sorted(set(in_clear)),
        on=on,
        asked_by_id=by.account_id,
        asked_by_name=by.name,
        asked_at=at,
        expires_at=at + KEPT,
    )
    held.total = ledgers.total(kind, wanted_of(held))
    if not held.total:
        raise NothingToExport()
    held.save()
    if held.total > AT_ONCE:
        held.task_id = tasks.enqueue(TASK, held.pk)
        held.save(update_fields=["task_id"])
    return held


def _about(cohort: Cohort | None, comparison: Comparison | None) -> About:
    return About.COHORT if cohort else About.COMPARISON if comparison else About.REGION


def make(pk: int) -> None:
    """Makes the pages that are not there yet, then the file. Run again, or twice at once, it makes the same one."""
    rows = ExportFile.objects.select_related("region", "cohort__course").filter(
        pk=pk, made_at=None, problem=""
    )
    held = rows.first()
    if held is None:
        return
    # Its words are Chinese whoever's request or worker makes it: the file goes to Chinese offices.
    with override("zh-hans"):
        try:
            kind = ledgers.LEDGERS[held.ledger]
            for sheet in kind.sheets:
                _read(held, kind, sheet)
            _finish(held.pk, kind, at=timezone.now())
        except RegistryError as error:
            ExportFile.objects.filter(pk=pk).update(problem=error.code, problem_facts=error.facts)


@transaction.atomic
def hand_out(*, by: Actor, held: ExportFile) -> bytes:
    """The file, and a row that says who took it. Raises NotPermitted, NotFound when it is not made."""
    require(by, Permission.DATA_EXPORT, region_path=held.region.path)
    if held.made_at is None:
        raise NotFound(what="exportfile")
    audit.record("data.handed_out", held, by=by, region_path=held.region.path, about=held.ledger)
    return bytes(held.data)


def forget(*, at: datetime) -> int:
    """Deletes the files whose time is over, with their pages; how many. Their records stay."""
    return ExportFile.objects.filter(expires_at__lte=at).delete()[1].get("courses.ExportFile", 0)


def _read(held: ExportFile, kind: Ledger, sheet: Sheet) -> None:
    """The pages of a sheet that are not there yet, each kept as soon as it is read."""
    source, wanted = ledgers.source(kind, sheet.key), wanted_of(held)
    in_clear = frozenset(held.in_clear)
    there = ExportPart.objects.filter(export_file=held, sheet=sheet.key).defer("rows").order_by("-place")
    latest = there.first()
    place, after = (latest.place + 1, latest.last) if latest else (0, 0)
    while True:
        cells, after = source.page(wanted, after=after)
        if not cells:
            return
        rows = [[field.shown(row[field.key], in_clear) for field in sheet.fields] for row in cells]
        part = ExportPart(
            export_file=held,
            sheet=sheet.key,
            place=place,
            last=after,
            count=len(rows),
            rows=json.dumps(rows, ensure_ascii=False, separators=(",", ":")),
        )
        ExportPart.objects.bulk_create([part], ignore_conflicts=True)
        place += 1


@transaction.atomic
def _finish(pk: int, kind: Ledger, *, at: datetime) -> None:
    """Writes the file from its pages and records the export; the pages are then forgotten."""
    held = ExportFile.objects.select_for_update(of=("self",), no_key=True).select_related("region").get(pk=pk)
    if held.made_at is not None:
        return
    counts = {sheet.key: [0] * (len(sheet.fields) + 1) for sheet in kind.sheets}
    sheets = [
        LedgerSheet(
            sheet.name, [field.label for field in sheet.fields], _counted(held, sheet, counts[sheet.key])
        )
        for sheet in kind.sheets
    ]
    held.data = write_ledger(sheets, cover=_cover(held, kind), mark=_mark(held))
    held.completeness = [
        {
            "sheet": sheet.name,
            "rows": counts[sheet.key][-1],
            "filled": [
                [field.label, count] for field, count in zip(sheet.fields, counts[sheet.key], strict=False)
            ],
        }
        for sheet in kind.sheets
    ]
    in_clear = [field.label for field in kind.personal if field.key in held.in_clear]
    held.export = exports.record(
        by=_asker(held),
        on=held.on,
        region=held.region,
        about=held.ledger,
        subject_id=_subject(held),
        purpose=held.purpose,
        recipient=held.recipient,
        fields=kind.labels,
        in_clear=in_clear,
        rows=sum(sheet["rows"] for sheet in held.completeness),
        data=held.data,
        public_id=held.public_id,
    )
    held.made_at = at
    held.save(update_fields=["data", "completeness", "export", "made_at"])
    ExportPart.objects.filter(export_file=held).delete()


def _counted(held: ExportFile, sheet: Sheet, counts: list[int]) -> Iterator[list[str]]:
    """The rows of a sheet, page by page; counts the filled cells of each column, and last the rows."""
    for pk in list(held.parts.filter(sheet=sheet.key).order_by("place").values_list("pk", flat=True)):
        for row in json.loads(ExportPart.objects.get(pk=pk).rows):
            for index, cell in enumerate(row):
                counts[index] += bool(cell)
            counts[-1] += 1
            yield row


def _asker(held: ExportFile) -> Actor:
    """Whoever asked, with the roles of today: one that ended in the meantime makes no file."""
    if held.asked_by_id is None:
        return SYSTEM
    return actor_for(Account.objects.get(pk=held.asked_by_id), on=timezone.localdate())


def _subject(held: ExportFile) -> str:
    one = held.cohort or held.comparison
    return one.public_id if one else ""


def _mark(held: ExportFile) -> str:
    """What every printed page says."""
    when = timezone.localtime(held.asked_at).strftime("%Y-%m-%d %H:%M")
    return f"导出编号 {held.public_id}，{held.asked_by_name}，{when}，{held.get_purpose_display()}，交给{held.recipient}"


def _cover(held: ExportFile, kind: Ledger) -> list[tuple[str, str]]:
    """The first sheet: who, when, why, for whom, and what of it is in clear."""
    in_clear = [field.label for field in kind.personal if field.key in held.in_clear]
    masked = [field.label for field in kind.personal if field.key not in held.in_clear]
    about = words.export(held.ledger) + (f"：{held.cohort.name}" if held.cohort else f"：{held.region.name}")
    return [
        ("内容", about + (f"，{held.year}年" if held.year else "")),
        ("导出编号", held.public_id),
        ("导出人", held.asked_by_name),
        ("导出时间", timezone.localtime(held.asked_at).strftime("%Y-%m-%d %H:%M")),
        ("用途", str(held.get_purpose_display())),
        ("接收单位", held.recipient),
        ("数据日期", held.on.isoformat()),
        ("完整给出的个人信息", "、".join(in_clear) or "没有"),
        ("遮住的个人信息", "、".join(masked) or "没有"),
        ("使用要求", "含个人信息，只能用于上述用途，不得转给他人；用完请删除。"),
    ]
