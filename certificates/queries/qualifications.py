"""Which certificates people hold or held, for the app below (`settings.QUALIFICATIONS`): subsidies rest on them."""

from collections.abc import Collection
from datetime import date

from certificates.models import Certificate, ExternalCertificate
from certificates.models.certificates import CertificateStatus
from courses.rules.qualifications import Qualification

COMPLETION = "completion"


def held(people: Collection[int], *, on: date) -> list[Qualification]:
    """Ours and verified ones of others issued by the day, the oldest first; two queries.

    Withdrawn and cancelled ones are none. One that ran out is told, not in force: it was the first all the same.
    """
    ours = (
        Certificate.objects.filter(person_id__in=people, issued_on__lte=on)
        .filter(status__in=(CertificateStatus.ISSUED, CertificateStatus.SUSPENDED))
        .values_list("person_id", "skill_id", "level", "issued_on", "public_id", "status")
    )
    others = ExternalCertificate.objects.filter(
        person_id__in=people, issued_on__lte=on, verified_on__isnull=False, cancelled_on__isnull=True
    ).values_list("person_id", "family", "skill_id", "level", "issued_on", "public_id", "valid_until")
    found = [
        Qualification(
            person, COMPLETION, skill, level, issued, public_id, in_force=status == CertificateStatus.ISSUED
        )
        for person, skill, level, issued, public_id, status in ours
    ]
    found += [
        Qualification(person, family, skill, level, issued, public_id, in_force=until is None or until >= on)
        for person, family, skill, level, issued, public_id, until in others
    ]
    return sorted(found, key=lambda one: (one.issued_on, one.public_id))
