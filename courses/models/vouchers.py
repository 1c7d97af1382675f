"""Electronic training vouchers (电子培训券): one person, one training, used once (docs/domain.md §2.1 C13)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.courses import Course
from courses.models.enrolments import Enrolment
from courses.models.packages import TrainingPackage
from registry.models import Federation, Person
from registry.models.fields import PublicIdField
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


class VoucherState(models.TextChoices):
    """What a voucher is on a day; expiry is read from the date, never written."""

    OPEN = "open", _("可以使用")
    REDEEMED = "redeemed", _("已使用")
    CANCELLED = "cancelled", _("已作废")
    EXPIRED = "expired", _("已过期")


class VoucherQuerySet(models.QuerySet["Voucher"]):
    def visible_to(self, actor: Actor) -> "VoucherQuerySet":
        """Vouchers of federations in reach, and those used in cohorts of the actor's bases."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.COHORT_READ)
        return self.filter(
            in_subtrees("federation__region__path", scope.region_paths)
            | Q(enrolment__cohort__base_id__in=scope.base_ids)
        )

    def in_state(self, state: str, *, on: date) -> "VoucherQuerySet":
        """Those that are in the state on the day."""
        unused = Q(enrolment__isnull=True, cancelled_on__isnull=True)
        return self.filter(
            {
                VoucherState.OPEN: unused & Q(expires_on__gte=on),
                VoucherState.EXPIRED: unused & Q(expires_on__lt=on),
                VoucherState.REDEEMED: Q(enrolment__isnull=False),
                VoucherState.CANCELLED: Q(cancelled_on__isnull=False),
            }[VoucherState(state)]
        )


class Voucher(models.Model):
    public_id = PublicIdField()
    number = models.CharField(_("券号"), max_length=12, unique=True)
    federation = models.ForeignKey(Federation, models.PROTECT, related_name="vouchers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="vouchers")
    package = models.ForeignKey(
        TrainingPackage, models.PROTECT, null=True, blank=True, related_name="vouchers"
    )
    course = models.ForeignKey(Course, models.PROTECT, null=True, blank=True, related_name="vouchers")
    value = models.DecimalField(_("面值（元）"), max_digits=12, decimal_places=2)
    issued_on = models.DateField(_("发放日期"))
    expires_on = models.DateField(_("有效期至"))
    enrolment = models.OneToOneField(Enrolment, models.PROTECT, null=True, blank=True, related_name="voucher")
    redeemed_on = models.DateField(_("使用日期"), null=True, blank=True)
    cancelled_on = models.DateField(_("作废日期"), null=True, blank=True)
    cancel_reason = models.CharField(_("作废原因"), max_length=200, blank=True)

    objects = VoucherQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gt=0), name="courses_voucher_value_positive"),
            models.CheckConstraint(
                condition=Q(expires_on__gte=models.F("issued_on")), name="courses_voucher_expires_after_issue"
            ),
            models.CheckConstraint(
                condition=Q(package__isnull=False, course__isnull=True)
                | Q(package__isnull=True, course__isnull=False),
                name="courses_voucher_for_package_or_course",
            ),
            models.CheckConstraint(
                condition=Q(enrolment__isnull=True, redeemed_on__isnull=True)
                | Q(enrolment__isnull=False, redeemed_on__isnull=False, cancelled_on__isnull=True),
                name="courses_voucher_used_or_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"Voucher {self.public_id}"

    def state_on(self, on: date) -> VoucherState:
        """What it is on the day."""
        if self.enrolment_id is not None:
            return VoucherState.REDEEMED
        if self.cancelled_on is not None:
            return VoucherState.CANCELLED
        return VoucherState.OPEN if on <= self.expires_on else VoucherState.EXPIRED
