"""What the W3C status lists say of the certificates of one list."""

from certificates.models import Certificate
from certificates.models.certificates import CertificateStatus
from certificates.proof.status import ENTRIES, Status, StatusList

_SAID = {
    CertificateStatus.WITHDRAWN: Status.INVALID,
    CertificateStatus.SUSPENDED: Status.SUSPENDED,
    CertificateStatus.REPLACED: Status.REPLACED,
}


def packed(number: int) -> bytes:
    """The two-bit list of this number as it stands now. One query, over those that are not valid."""
    first = number * ENTRIES
    listed = StatusList()
    not_valid = Certificate.objects.filter(
        status__in=_SAID, status_index__gte=first, status_index__lt=first + ENTRIES
    )
    for index, status in not_valid.order_by().values_list("status_index", "status"):
        listed.set(index - first, _SAID[CertificateStatus(status)])
    return listed.packed()
