"""Changes that were asked for: who, why, who agreed, when they take effect, and what became of each certificate."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.models.certificates import Certificate, EventVerb, ReasonClass
from certificates.rules.changes import Kind
from certificates.rules.corrections import DAYS
from courses.models import Cohort
from registry.models import Account, TrainingBase
from registry.models.fields import PublicIdField
from registry.models.regions import of_bases_in
from registry.rules.access import Actor, Permission


class ChangeKind(models.TextChoices):
    CORRECT = Kind.CORRECT.value, pgettext_lazy("change", "更正")
    WITHDRAW = Kind.WITHDRAW.value, pgettext_lazy("change", "撤销")
    SUSPEND = Kind.SUSPEND.value, pgettext_lazy("change", "暂停")
    REINSTATE = Kind.REINSTATE.value, pgettext_lazy("change", "恢复")


VERBS = {
    Kind.CORRECT: EventVerb.REPLACED,
    Kind.WITHDRAW: EventVerb.WITHDRAWN,
    Kind.SUSPEND: EventVerb.SUSPENDED,
    Kind.REINSTATE: EventVerb.REINSTATED,
}
"""What happens to a certificate when such a change takes effect."""


class ChangeState(models.TextChoices):
    ASKED = "asked", _("等待另一人批准")
    DUE = "due", _("等待生效")
    DONE = "done", _("已生效")
    REFUSED = "refused", _("未批准")
    UNDONE = "undone", _("已撤回")


class ChangeQuerySet(models.QuerySet["Change"]):
    def visible_to(self, actor: Actor) -> "ChangeQuerySet":
        """Changes of certificates of the bases the actor reads."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.CERTIFICATE_READ)
        return self.filter(of_bases_in(scope))

    def waiting(self) -> "ChangeQuerySet":
        """Not in effect yet, and may still be."""
        return self.filter(state__in=(ChangeState.ASKED, ChangeState.DUE))

    def with_counts(self) -> "ChangeQuerySet":
        """With `total` certificates, how many `remaining` open and how many `failed` to change; the newest first."""
        counted = self.annotate(
            total=Count("items"),
            remaining=Count("items", filter=Q(items__is_open=True)),
            failed=Count("items", filter=~Q(items__problem="")),
        )
        # What groups rows forgets the order of the model.
        return counted.order_by("-pk")


class Change(models.Model):
    """One act of asking, for one certificate or many of one base."""

    public_id = PublicIdField()
    kind = models.CharField(_("事项"), max_length=10, choices=ChangeKind.choices)
    state = models.CharField(_("进度"), max_length=8, choices=ChangeState.choices)
    base = models.ForeignKey(TrainingBase, models.PROTECT, related_name="certificate_changes")
    # Where a whole cohort was meant.
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, related_name="certificate_changes")
    is_bulk = models.BooleanField(default=False)
    reason_class = models.CharField(_("原因"), max_length=24, choices=ReasonClass.choices, blank=True)
    # For staff only.
    note = models.CharField(_("内部说明"), max_length=300, blank=True)
    # No account: the system's own commands.
    asked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    asked_by_name = models.CharField(_("申请人"), max_length=50)
    asked_at = models.DateTimeField(_("申请时间"))
    asked_on = models.DateField(_("申请日期"))
    # Who agreed, refused or undid.
    decided_by_name = models.CharField(_("决定人"), max_length=50, blank=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True)
    takes_effect_at = models.DateTimeField(_("生效时间"), null=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ChangeState.DUE) | Q(takes_effect_at__isnull=False),
                name="certificates_change_due_has_time",
            )
        ]
        indexes = [
            models.Index(
                fields=["state", "takes_effect_at"],
                name="certificates_change_waiting",
                condition=Q(state__in=("asked", "due")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class ChangeItem(models.Model):
    """What a change does to one certificate."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="items")
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="change_items")
    # Field → value as it will be printed (ISO for days); only of a correction, only what differs.
    values = models.JSONField(default=dict)
    is_open = models.BooleanField(default=True)
    # Why it did not take effect: the code of a refusal.
    problem = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(is_open=True), name="certificates_one_open_change"
            )
        ]

    def __str__(self) -> str:
        return f"{self.change_id} {self.certificate_id}"

    @property
    def printed(self) -> dict[str, Any]:
        """The values as a certificate holds them: days as days."""
        return {
            name: date.fromisoformat(value) if name in DAYS else value for name, value in self.values.items()
        }
