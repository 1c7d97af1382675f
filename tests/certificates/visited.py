"""Whom and what the visits of certificates share: staff, and certificates in their states."""

from typing import Any

from certificates.actions import certificates
from certificates.models import Certificate
from certificates.proof import codes
from registry.models import Account
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, an_issued_certificate, issued_cohort
from tests.registry.factories import a_federation, a_person, an_account
from tests.registry.visits import LONG_NAME

NO_SUCH_CODE = codes.new_code(lambda n: b"\x07" * n)


def staff(role: str = "approver", organisation: Any = None) -> Account:
    """An account of the city's federation, or of the base given."""
    return an_account(role, organisation or a_federation("620500"))


def issued(**values: Any) -> Certificate:
    return an_issued_certificate(a_person(1, name=LONG_NAME), **values)


def suspended() -> Certificate:
    return certificates.suspend(
        by=SYSTEM, on=ISSUED_ON, certificate=issued(), reason_class="under_review", note="有人反映没有上课"
    )


def withdrawn() -> Certificate:
    return certificates.withdraw(
        by=SYSTEM, on=ISSUED_ON, certificate=issued(), reason_class="issued_in_error"
    )


def all_issued() -> Any:
    return issued_cohort(2)[0]
