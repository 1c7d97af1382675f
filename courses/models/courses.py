"""Courses (培训项目): what is taught, for how many hours, and what a trainee must reach."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.skills import Skill
from registry.models import TrainingBase
from registry.models.fields import PublicIdField
from registry.models.regions import of_bases_in
from registry.rules.access import Actor, Permission


class TrainingKind(models.TextChoices):
    """What the training is for (docs/domain.md §2.1 C04 to C06, C26)."""

    EMPLOYMENT_SKILL = "employment_skill", _("就业技能培训")
    PRE_JOB = "pre_job", _("岗前技能培训")
    UPSKILLING = "upskilling", _("岗位技能提升培训")
    ENTREPRENEURSHIP = "entrepreneurship", _("创业创新培训")
    RURAL_PRACTICAL = "rural_practical", _("农村实用技术培训")
    CONTINUING_EDUCATION = "continuing_education", _("继续教育")


class CourseLevel(models.IntegerChoices):
    """职业技能等级; 0 for a course without a level."""

    NONE = 0, _("不分级")
    LEVEL_5 = 5, _("五级/初级工")
    LEVEL_4 = 4, _("四级/中级工")
    LEVEL_3 = 3, _("三级/高级工")
    LEVEL_2 = 2, _("二级/技师")
    LEVEL_1 = 1, _("一级/高级技师")


class CourseQuerySet(models.QuerySet["Course"]):
    def visible_to(self, actor: Actor) -> "CourseQuerySet":
        """Courses of the bases the actor reads."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.COHORT_READ)
        return self.filter(of_bases_in(scope))


class Course(models.Model):
    public_id = PublicIdField()
    base = models.ForeignKey(TrainingBase, models.PROTECT, related_name="courses")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="courses")
    name = models.CharField(_("培训项目名称"), max_length=80)
    training_kind = models.CharField(_("培训类型"), max_length=24, choices=TrainingKind.choices)
    level = models.PositiveSmallIntegerField(_("等级"), choices=CourseLevel.choices, default=CourseLevel.NONE)
    # 1 课时 is 45 minutes.
    theory_hours = models.PositiveSmallIntegerField(_("理论课时"), default=0)
    practice_hours = models.PositiveSmallIntegerField(_("实操课时"), default=0)
    online_hours = models.PositiveSmallIntegerField(_("线上课时"), default=0)
    # The rule that decides an outcome, and the policy that sets it: local, so data (docs/domain.md §2.1 C22, C51).
    attendance_required = models.PositiveSmallIntegerField(_("出勤率要求(%)"), default=80)
    pass_mark = models.PositiveSmallIntegerField(_("合格分数"), default=60)
    rule_source = models.CharField(_("规定依据"), max_length=120, blank=True)
    # What the place calls this kind of training, where its documents use another word (docs/domain.md §2.1 C05).
    kind_label = models.CharField(_("培训类型的当地叫法"), max_length=40, blank=True)
    developer = models.CharField(_("开发单位"), max_length=80, blank=True)
    standard = models.CharField(_("执行的行业标准"), max_length=120, blank=True)
    is_flagship = models.BooleanField(_("特色品牌项目"), default=False)
    prerequisites = models.CharField(_("参加条件"), max_length=200, blank=True)
    required_skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="+")
    required_level = models.PositiveSmallIntegerField(
        _("要求的等级"), choices=CourseLevel.choices, default=CourseLevel.NONE
    )
    # Whom the course was made for: information, never a condition (docs/domain.md §5.3).
    target_categories = models.JSONField(_("主要面向"), default=list, blank=True)
    # Which needs of access it meets: the words of registry.models.people.AccessNeed.
    access_provisions = models.JSONField(_("无障碍条件"), default=list, blank=True)
    # 继续教育: 课时 a year and practitioner (docs/domain.md §2.1 C26).
    yearly_hours = models.PositiveSmallIntegerField(_("每年继续教育课时"), default=0)
    # Training is free (docs/domain.md §2.1 C04): anything but 0 is an error, kept so that somebody sees it.
    trainee_charge = models.DecimalField(
        _("向学员收费（元）"), max_digits=12, decimal_places=2, default=Decimal(0)
    )

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attendance_required__lte=100), name="courses_course_attendance_percent"
            ),
            models.CheckConstraint(condition=Q(pass_mark__lte=100), name="courses_course_pass_mark_percent"),
            models.CheckConstraint(
                condition=Q(theory_hours__gt=0) | Q(practice_hours__gt=0) | Q(online_hours__gt=0),
                name="courses_course_has_hours",
            ),
            models.CheckConstraint(
                condition=Q(trainee_charge__gte=0), name="courses_course_charge_not_negative"
            ),
            models.UniqueConstraint(
                F("base"), F("name"), F("level"), name="courses_course_name_once_per_base"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_words(self) -> str:
        """The kind of training as the place calls it."""
        return self.kind_label or str(self.get_training_kind_display())

    @property
    def total_hours(self) -> int:
        """课时."""
        return self.theory_hours + self.practice_hours + self.online_hours
