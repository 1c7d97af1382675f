"""Employment counsellors (就业辅导员, docs/domain.md §2.1 C50): who looks after whom, with history."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models import Account, Person
from registry.models.people import of_people_in
from registry.rules.access import Actor, Permission


class CounsellorAssignmentQuerySet(models.QuerySet["CounsellorAssignment"]):
    def visible_to(self, actor: Actor) -> "CounsellorAssignmentQuerySet":
        """Assignments of the people the actor reads."""
        return self if actor.is_system else self.filter(of_people_in(actor.scope(Permission.PERSON_READ)))

    def standing(self) -> "CounsellorAssignmentQuerySet":
        return self.filter(ended_on__isnull=True)


class CounsellorAssignment(models.Model):
    """A counsellor looks after a person until it ends; at most one at a time."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="counsellor_assignments")
    counsellor = models.ForeignKey(Account, models.PROTECT, related_name="counselled")
    since = models.DateField(_("起始日期"))
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)

    objects = CounsellorAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_on__isnull=True),
                name="courses_counsellor_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")),
                name="courses_counsellor_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"CounsellorAssignment {self.pk}"
