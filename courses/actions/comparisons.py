"""Writes of comparisons: take a partner's file in, say which column is which, compare, settle, forget."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from courses.actions import settling
from courses.errors import ComparisonOver
from courses.models import Comparison, ComparisonRow, Discrepancy, PartnerLayout
from courses.models.comparisons import ComparisonMode, ComparisonState, RowState
from courses.queries import comparisons as queries
from courses.queries.comparisons import Ours
from courses.rules import comparisons as rules
from courses.rules.columns import Column
from courses.rules.comparisons import COLUMNS, Mode, Reading
from courses.workbooks import reading, tables
from courses.workbooks.headers import labels_of
from courses.workbooks.tables import TableRow
from registry.actions import audit, tasks
from registry.actions.locks import lock
from registry.actions.values import require_valid
from registry.errors import InvalidInput, RegistryError
from registry.models import Account, Region
from registry.models.batches import BATCH_ROWS
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM, Actor, Permission, require

TASK = "courses.tasks.run_comparison"
AT_ONCE = 1000
"""Rows compared while the reader waits."""
PAGE = 1000

settle = settling.settle


@transaction.atomic
def upload(
    *, by: Actor, on: date, region: Region, partner: str, mode: str, file_name: str, data: bytes
) -> Comparison:
    """Takes a file in, sealed; which column is which is guessed from the partner's last file and from the labels.

    Raises NotPermitted, InvalidInput, and WorkbookError for a file that cannot be used.
    """
    require(by, Permission.DATA_COMPARE, region_path=region.path)
    partner = " ".join(partner.split())
    require_valid(Comparison, partner=partner, mode=mode)
    labels = labels_of(reading.read(data, file_name), list(COLUMNS.values()))
    remembered = PartnerLayout.objects.filter(region=region, partner=partner).first()
    guessed = {key: label for label, key in queries.guesses(labels).items()}
    columns = guessed | (remembered.columns if remembered else {})
    held = Comparison.objects.create(
        region=region,
        partner=partner,
        mode=mode,
        file_name=file_name[-120:],
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        labels=labels,
        columns={key: label for key, label in columns.items() if label in labels},
        uploaded_on=on,
        uploaded_by=by.name,
        account_id=by.account_id,
        expires_on=on + timedelta(days=settings.COMPARISON_DAYS),
    )
    audit.record(
        "comparison.uploaded",
        held,
        by=by,
        region_path=region.path,
        partner=partner,
        mode=mode,
        sha256=held.sha256,
    )
    return held


@transaction.atomic
def map_columns(*, by: Actor, on: date, comparison: Comparison, columns: Mapping[str, str]) -> Comparison:
    """Says which label is which field, remembers it for the partner, and has the comparison run.

    The caller runs it unless it has a task. Raises NotPermitted, ComparisonOver, InvalidInput.
    """
    require(by, Permission.DATA_COMPARE, region_path=comparison.region.path)
    held = _locked(comparison)
    if held.state != ComparisonState.MAPPING:
        raise ComparisonOver()
    chosen = {key: label for key, label in columns.items() if label}
    problems = {
        key: "field_choice" for key, label in chosen.items() if key not in COLUMNS or label not in held.labels
    }
    if "citizen_id" not in chosen:
        problems["citizen_id"] = "field_missing"
    doubled = [key for key, label in chosen.items() if list(chosen.values()).count(label) > 1]
    problems |= dict.fromkeys(doubled[1:], "comparison_column_twice")
    if problems:
        raise InvalidInput(fields=problems)
    held.columns, held.state = chosen, ComparisonState.RUNNING
    rows = reading.read(bytes(held.data), held.file_name).sheets
    if sum(len(sheet.rows) for sheet in rows) > AT_ONCE:
        held.task_id = tasks.enqueue(TASK, held.pk)
    held.save(update_fields=["columns", "state", "task_id"])
    PartnerLayout.objects.update_or_create(
        region=held.region, partner=held.partner, defaults={"columns": chosen}
    )
    audit.record(
        "comparison.mapped", held, by=by, region_path=held.region.path, fields=sorted(chosen), on=str(on)
    )
    return held


def run(pk: int, *, on: date) -> None:
    """Compares every row, all or none. Run again it changes nothing."""
    try:
        _run(pk, on)
    except RegistryError as error:
        facts = json.loads(json.dumps(error.facts, default=str))
        Comparison.objects.filter(pk=pk).update(problem=error.code, problem_facts=facts)


def forget(*, on: date) -> int:
    """Forgets what partners told whose time is over: file, cells and values. Counts and who settled what stay."""
    over = list(
        Comparison.objects.filter(expires_on__lte=on)
        .exclude(state=ComparisonState.FORGOTTEN)
        .values_list("pk", flat=True)
    )
    for pk in over:
        with transaction.atomic():
            Discrepancy.objects.filter(row__comparison=pk).update(ours="", theirs="")
            ComparisonRow.objects.filter(comparison=pk).update(cells="")
            Comparison.objects.filter(pk=pk).update(data=b"", file_name="", state=ComparisonState.FORGOTTEN)
    return len(over)


@transaction.atomic
def _run(pk: int, on: date) -> None:
    held = Comparison.objects.select_for_update(of=("self",), no_key=True).select_related("region").get(pk=pk)
    if held.state != ComparisonState.RUNNING:
        return
    actor = SYSTEM if held.account_id is None else actor_for(Account.objects.get(pk=held.account_id), on=on)
    require(actor, Permission.DATA_COMPARE, region_path=held.region.path)
    extract = tables.extract(reading.read(bytes(held.data), held.file_name), _columns(held))
    counts = dict.fromkeys(RowState.values, 0)
    seen: set[str] = set()
    rows = list(extract.rows)
    for start in range(0, len(rows), PAGE):
        for state in _page(held, rows[start : start + PAGE], seen, on):
            counts[state] += 1
    counts["skipped"] = sum(len(table.skipped) for table in extract.tables)
    held.counts, held.state = counts, ComparisonState.DONE
    held.save(update_fields=["counts", "state"])
    audit.record("comparison.run", held, by=actor, region_path=held.region.path, **counts)


def _columns(held: Comparison) -> list[Column]:
    """The chosen labels; the other ones are known too, so that a header is found by all of them."""
    chosen = set(held.columns.values())
    read = [
        Column(key, label, required=key == "citizen_id", is_identity=key in ("citizen_id", "name"))
        for key, label in held.columns.items()
    ]
    others = [label for label in held.labels if label not in chosen]
    return read + [Column(f"other{n}", label, is_read=False) for n, label in enumerate(others)]


def _page(held: Comparison, rows: list[TableRow], seen: set[str], on: date) -> Iterator[str]:
    """Keeps a page of rows with what became of each; a fixed number of statements."""
    read = [(row, rules.read(row.cells, on=on)) for row in rows]
    ours = queries.ours(held.region, {one.citizen_id for _row, one in read if one.citizen_id}, on=on)
    kept: list[ComparisonRow] = []
    differing: list[list[str]] = []
    values: list[tuple[Reading, Ours | None]] = []
    for row, one in read:
        known = ours.get(one.citizen_id)
        made, fields = _judged(held, row, one, known, repeated=one.citizen_id in seen)
        seen |= {one.citizen_id} - {""}
        kept.append(made)
        differing.append(fields)
        values.append((one, known))
        yield made.state
    ComparisonRow.objects.bulk_create(kept, batch_size=BATCH_ROWS)
    Discrepancy.objects.bulk_create(
        (
            Discrepancy(
                row=made, field=field, ours=known.values.get(field, ""), theirs=one.theirs.get(field, "")
            )
            for made, fields, (one, known) in zip(kept, differing, values, strict=True)
            for field in fields
            if known is not None
        ),
        batch_size=BATCH_ROWS,
    )


def _judged(
    held: Comparison, row: TableRow, one: Reading, known: Ours | None, *, repeated: bool
) -> tuple[ComparisonRow, list[str]]:
    """What becomes of a row, and the fields in which it is not ours."""
    mapped = tuple(key for key in rules.COMPARED if key in held.columns)
    problems = list(one.problems)
    if repeated and one.citizen_id:
        problems.append(("citizen_id", "comparison_repeated"))
    fields: list[str] = []
    if not one.citizen_id or repeated:
        state = RowState.UNREADABLE
    elif known is None:
        state = RowState.UNKNOWN
    else:
        fields = rules.differing(one, known.values, mode=Mode(held.mode), mapped=mapped)
        unreadable = problems and held.mode != ComparisonMode.QUERY
        state = RowState.CONFLICT if fields else RowState.UNREADABLE if unreadable else RowState.MATCH
    said = {"name": str(row.cells.get("name") or ""), "citizen_id": str(row.cells.get("citizen_id") or "")}
    made = ComparisonRow(
        comparison=held,
        sheet=row.sheet[:60],
        number=row.number,
        state=state,
        person_id=known.person_id if known else None,
        cells=json.dumps(said, ensure_ascii=False),
        problems=problems,
    )
    return made, fields


def _locked(comparison: Comparison) -> Comparison:
    return lock(comparison, "region")
