"""Takes reports about certificates from anyone, and closes them once a federation has dealt with them."""

from datetime import date

from django.db import transaction
from django.db.models.functions import Length

from certificates.errors import ReportClosed
from certificates.models import Certificate, CertificateReport
from certificates.models.reports import ReportReason
from registry.actions import audit
from registry.errors import InvalidInput, NotFound
from registry.models import Federation, Region
from registry.rules.access import Actor, Permission, require

LONGEST_TEXT = 1_000
LONGEST_CONTACT = 100
LONGEST_NOTE = 500


@transaction.atomic
def make(
    *, by: Actor, on: date, code: str, reason: str, text: str = "", contact: str = ""
) -> CertificateReport:
    """A report about the certificate with this canonical code, or about a paper whose code no certificate has.

    It goes to the federations at and above the base's region; without a certificate, to the topmost one.
    Raises InvalidInput; NotFound where there is no federation yet.
    """
    text, contact = text.strip(), contact.strip()
    problems = {}
    if reason not in ReportReason.values:
        problems["reason"] = "field_missing"
    if len(text) > LONGEST_TEXT:
        problems["text"] = "field_too_long"
    elif reason == ReportReason.OTHER and not text:
        problems["text"] = "field_missing"
    if len(contact) > LONGEST_CONTACT:
        problems["contact"] = "field_too_long"
    if problems:
        raise InvalidInput(fields=problems)
    issued = Certificate.objects.numbered().select_related("base__region")
    certificate = issued.filter(code=code).first()
    region = certificate.base.region if certificate else _topmost()
    report = CertificateReport.objects.create(
        code=code,
        certificate=certificate,
        region=region,
        reason=reason,
        text=text,
        contact=contact,
        made_on=on,
    )
    _audit("made", report, by=by, region=region, on=on, reason=reason, known=certificate is not None)
    return report


@transaction.atomic
def close(*, by: Actor, on: date, report: CertificateReport, note: str) -> CertificateReport:
    """Dealt with, and how; the reporter's contact is forgotten. Raises NotPermitted, InvalidInput, ReportClosed."""
    report = (
        CertificateReport.objects.select_for_update(of=("self",), no_key=True)
        .select_related("region")
        .get(pk=report.pk)
    )
    require(by, Permission.CERTIFICATE_WITHDRAW, region_path=report.region.path)
    if report.closed_on:
        raise ReportClosed()
    note = note.strip()
    if not note or len(note) > LONGEST_NOTE:
        raise InvalidInput(fields={"note": "field_too_long" if note else "field_missing"})
    report.closed_on, report.closed_by, report.note, report.contact = on, by.name, note, ""
    report.save(update_fields=["closed_on", "closed_by", "note", "contact"])
    _audit("closed", report, by=by, region=report.region, on=on)
    return report


def _topmost() -> Region:
    first = (
        Federation.objects.select_related("region").order_by(Length("region__path"), "region__path").first()
    )
    if first is None:
        raise NotFound(what="federation")
    return first.region


def _audit(
    verb: str, report: CertificateReport, *, by: Actor, region: Region, on: date, **facts: object
) -> None:
    audit.record(
        f"certificate_report.{verb}", report, by=by, region_path=region.path, on=on.isoformat(), **facts
    )
