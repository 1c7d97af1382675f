"""Refusals of vouchers: each has a permanent code whose words are in courses/filing_words.py."""

from courses.errors import CoursesError
from registry.errors import Conflict


class VoucherNumberWrong(CoursesError):
    """No voucher has this number, or it was mistyped; `row` (from 1) in what was sent."""

    code = "voucher_number_wrong"


class VoucherUsed(Conflict):
    """The voucher paid for a training already; `row` (from 1) in what was sent."""

    code = "voucher_used"


class VoucherCancelled(Conflict):
    """The voucher was cancelled; `row` (from 1) in what was sent."""

    code = "voucher_cancelled"


class VoucherExpired(Conflict):
    """The voucher could be used until `expires_on`; `row` (from 1) in what was sent."""

    code = "voucher_expired"


class VoucherOfAnother(CoursesError):
    """Whoever holds the voucher is not on this cohort's roster; `row` (from 1) in what was sent."""

    code = "voucher_of_another"


class VoucherForOtherCourse(CoursesError):
    """The voucher is for another course or package; `row` (from 1) in what was sent."""

    code = "voucher_for_other_course"


class EnrolmentHasVoucher(Conflict):
    """This trainee's place in the cohort was paid for by another voucher; `row` (from 1) in what was sent."""

    code = "enrolment_has_voucher"


class VoucherCohortClosed(Conflict):
    """The cohort is not approved yet, or over, in this `state`: no voucher is used in it."""

    code = "voucher_cohort_closed"


class VoucherPeopleWrong(CoursesError):
    """`rows` (from 1) of the list name nobody who is registered in reach."""

    code = "voucher_people_wrong"
