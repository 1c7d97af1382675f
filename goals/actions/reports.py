"""Reports of units on a plan: begun, written section by section, handed in with frozen figures, sent on."""

from datetime import date

from django.db import transaction

from goals.errors import FiguresNotCounted, ReportChanged, ReportInState
from goals.models import PlanPeriod, Report, ReportFiling, Target
from goals.models.reports import MAY_BE_WRITTEN, ReportState, own_years
from goals.queries import report_figures, report_status
from goals.rules import reports as rules
from registry.actions import audit
from registry.actions.values import lines, require_valid
from registry.errors import AlreadyHeld, InvalidInput, NotPermitted
from registry.models import Region
from registry.rules.access import Actor, Permission


@transaction.atomic
def start(*, by: Actor, on: date, target: Target, region: Region, year: int) -> Report:
    """Begin the report that a unit owes for a target and year; only an officer of the very unit does.

    Raises NotPermitted, InvalidInput where the unit owes none, AlreadyHeld.
    """
    require_own(by, Permission.REPORT_WRITE, region)
    if report_status.one(target, region, year, on=on) is None:
        raise InvalidInput(fields={"year": "report_not_owed"})
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    if Report.objects.filter(target=target, region=region, year=year).exists():
        raise AlreadyHeld(field="year")
    report = Report.objects.create(
        target=target,
        region=region,
        year=year,
        kind=rules.KINDS[target.metric],
        state_since=on,
        drafted_on=on,
        drafted_by=by.name,
    )
    record("report.started", report, by=by, target=target.code, year=year)
    return report


@transaction.atomic
def write(*, by: Actor, report: Report, section: str, text: str, was: str | None = None) -> Report:
    """Save one section of a draft, or of what was returned. `was` is the stamp of the text that was opened to be changed.

    Raises NotPermitted, InvalidInput, ReportInState, ReportChanged when somebody saved the section since.
    """
    require_own(by, Permission.REPORT_WRITE, report.region)
    if section not in report.sections:
        raise InvalidInput(fields={"section": "field_choice"})
    text = lines(text)
    require_valid(Report, **{section: text})
    held = locked(report, *MAY_BE_WRITTEN)
    present = getattr(held, section)
    if was is not None and was != rules.stamp(present) and present != text:
        raise ReportChanged(section=section)
    setattr(held, section, text)
    held.save(update_fields=[section])
    record("report.written", held, by=by, section=section)
    return held


@transaction.atomic
def choose_date(*, by: Actor, on: date, report: Report, month_end: date | None) -> Report:
    """Which figures are frozen on submission: those of a month's end that was kept, or (None) of the day itself.

    Raises NotPermitted, InvalidInput, ReportInState.
    """
    require_own(by, Permission.REPORT_WRITE, report.region)
    held = locked(report, *MAY_BE_WRITTEN)
    if month_end is not None and month_end not in report_figures.month_ends(held, on=on):
        raise InvalidInput(fields={"month_end": "field_choice"})
    held.month_end = month_end
    held.save(update_fields=["month_end"])
    record("report.dated", held, by=by, month_end=month_end and month_end.isoformat())
    return held


@transaction.atomic
def submit(*, by: Actor, on: date, report: Report) -> ReportFiling:
    """Hand it in: every section written, the figures frozen as they are now. A returned one becomes a new version.

    Raises NotPermitted, InvalidInput with the sections that are empty, FiguresNotCounted, ReportInState.
    """
    require_own(by, Permission.REPORT_WRITE, report.region)
    held = locked(report, *MAY_BE_WRITTEN)
    if missing := missing_sections(held):
        raise InvalidInput(fields=dict.fromkeys(missing, "field_missing"))
    first, last = own_years(held.target, held.year)
    if not PlanPeriod.objects.filter(first_year=first, last_year=last, counted_to__isnull=True).exists():
        raise FiguresNotCounted
    frozen = report_figures.of_report(held, on=on)
    filing = ReportFiling.objects.create(
        report=held,
        number=held.filings.count() + 1,
        sections={name: getattr(held, name) for name in held.sections},
        as_of=date.fromisoformat(frozen["as_of"]),
        figures=frozen,
        submitted_on=on,
        submitted_by=by.name,
        submitter_id=by.account_id,
    )
    held.state, held.state_since = ReportState.SUBMITTED, on
    held.filed_on = held.filed_on or on
    held.save(update_fields=["state", "state_since", "filed_on"])
    record("report.submitted", held, by=by, version=filing.number, as_of=frozen["as_of"])
    return filing


@transaction.atomic
def submit_as_of(*, by: Actor, on: date, report: Report, month_end: date | None) -> ReportFiling:
    """Choose the date and hand in, in one go. Raises what the two raise; then neither happened."""
    choose_date(by=by, on=on, report=report, month_end=month_end)
    return submit(by=by, on=on, report=report)


@transaction.atomic
def send(*, by: Actor, report: Report, sent_on: date, sent_number: str, on: date) -> Report:
    """Note the day and document number under which an accepted report went to somebody outside (T27).

    Raises NotPermitted, InvalidInput, ReportInState.
    """
    require_own(by, Permission.REPORT_WRITE, report.region)
    held = locked(report, ReportState.ACCEPTED)
    sent_number = sent_number.strip()
    if not held.is_outside or held.sent_on is not None:
        raise ReportInState(state=held.state)
    require_valid(Report, sent_number=sent_number)
    if not sent_number:
        raise InvalidInput(fields={"sent_number": "field_missing"})
    if held.filed_on is None or not held.filed_on <= sent_on <= on:
        raise InvalidInput(fields={"sent_on": "sent_between"})
    held.sent_on, held.sent_number = sent_on, sent_number
    held.save(update_fields=["sent_on", "sent_number"])
    record("report.sent", held, by=by, sent_on=sent_on.isoformat(), number=sent_number)
    return held


def missing_sections(report: Report) -> list[str]:
    """The sections that still have to be written."""
    return [name for name in report.sections if not getattr(report, name)]


def require_own(by: Actor, permission: Permission, region: Region) -> None:
    """Raises NotPermitted unless the actor holds the permission in this region's own federation.

    Whoever is above reads and decides; they neither write a report for those below nor decide for them.
    """
    if not by.is_system and region.path not in by.scope(permission).region_paths:
        raise NotPermitted(permission=permission.value)


def locked(report: Report, *states: ReportState) -> Report:
    """The report as it is now, locked. Raises ReportInState unless it is in one of the states."""
    rows = Report.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("region", "target__plan__region", "target__plan__period").get(pk=report.pk)
    if held.state not in states:
        raise ReportInState(state=held.state)
    return held


def record(verb: str, report: Report, *, by: Actor, **facts: object) -> None:
    audit.record(verb, report, by=by, region_path=report.region.path, **facts)
