"""Slips (凭条): the paper with a personal link that staff print for a holder who has no account."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import Person
from registry.models.fields import PublicIdField
from registry.models.people import of_people_in
from registry.rules.access import Actor, Permission


class SlipQuerySet(models.QuerySet["Slip"]):
    def visible_to(self, actor: Actor) -> "SlipQuerySet":
        """Those of people managed in the actor's subtrees or registered at the actor's bases."""
        if actor.is_system:
            return self
        return self.filter(of_people_in(actor.scope(Permission.CERTIFICATE_READ)))

    def in_force(self, on: date) -> "SlipQuerySet":
        return self.filter(ended_at__isnull=True, expires_on__gte=on)


class Slip(models.Model):
    public_id = PublicIdField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="slips")
    # SHA-256 of the link's secret, which is on the paper only (rules/link_tokens.py).
    digest = models.BinaryField(max_length=32, unique=True)
    issued_on = models.DateField(_("打印日期"))
    issued_by = models.CharField(_("打印人"), max_length=50)
    expires_on = models.DateField(_("有效期至"))
    ended_at = models.DateTimeField(_("作废时间"), null=True, blank=True)

    objects = SlipQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            # A lost slip is dead as soon as the next one is printed.
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at__isnull=True),
                name="certificates_one_slip_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"Slip {self.public_id}"
