"""Training packages (职业培训包): a named bundle of courses that a federation offers (docs/domain.md §2.1 C13)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.courses import Course
from registry.models import Federation
from registry.models.fields import PublicIdField
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


class TrainingPackageQuerySet(models.QuerySet["TrainingPackage"]):
    def visible_to(self, actor: Actor) -> "TrainingPackageQuerySet":
        """Packages of federations in reach, and those that hold a course of one of the actor's bases."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.COHORT_READ)
        courses = Course.objects.filter(base_id__in=scope.base_ids)
        held = TrainingPackage.courses.through.objects.filter(course__in=courses).values("trainingpackage")
        return self.filter(
            in_subtrees("federation__region__path", scope.region_paths) | models.Q(pk__in=held)
        )


class TrainingPackage(models.Model):
    public_id = PublicIdField()
    federation = models.ForeignKey(Federation, models.PROTECT, related_name="training_packages")
    name = models.CharField(_("培训包名称"), max_length=80)
    courses = models.ManyToManyField(Course, related_name="packages")
    # 课时 as the document sets them; the courses may hold more.
    hours = models.PositiveSmallIntegerField(_("规定课时"), default=0)
    document = models.CharField(_("文件"), max_length=120, blank=True)
    is_offered = models.BooleanField(_("正在使用"), default=True)

    objects = TrainingPackageQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "name"], name="courses_package_name_once_per_federation"
            )
        ]

    def __str__(self) -> str:
        return self.name
