"""The main job's last step: a certificate is issued or withdrawn, and the county's figure follows."""

import pytest

from certificates.actions import certificates
from goals.actions import recounts
from goals.queries.coverage import of_region
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_cohort_to_certify, an_issuing_base
from tests.goals.factories import a_member, a_period
from tests.registry.factories import a_region

pytestmark = pytest.mark.django_db


def figures(code: str) -> tuple[int, int, int]:
    return of_region(a_region(code), a_period(), on=ISSUED_ON).figures.counts


def test_a_cohort_of_certificates_moves_the_figures_of_the_trainees_own_counties() -> None:
    a_period()
    base = an_issuing_base("620502")
    people = [a_member(1, base=base), a_member(2, base=base), a_member(3, "620503", base=base)]
    for skill in ("livestreaming", "embroidery"):
        cohort = a_cohort_to_certify(people=people, base=base, skill=skill)
        progress = certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort)
        assert (progress.made, progress.refused) == (3, ())
    assert (figures("620502"), figures("620503"), figures("620500")) == ((2, 0, 2), (1, 0, 1), (3, 0, 3))

    last = cohort.enrolments.get(person=people[2]).certificates.get()
    certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=last, reason_class="issued_in_error")
    assert (figures("620503"), figures("620500")) == ((1, 1, 0), (3, 1, 2))
    assert recounts.recount(on=ISSUED_ON, check=True).agrees
