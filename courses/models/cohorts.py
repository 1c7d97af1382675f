"""Cohorts (班): one run of a course at a base."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.courses import Course
from courses.models.packages import TrainingPackage
from courses.models.trainers import Trainer
from registry.models import Region, TrainingBase
from registry.models.fields import PublicIdField
from registry.models.regions import placed_in
from registry.rules.access import Actor, Permission, Scope


class DeliveryMode(models.TextChoices):
    OFFLINE = "offline", _("线下")
    ONLINE = "online", _("线上")
    BLENDED = "blended", _("线上线下相结合")


class OrganisationMode(models.TextChoices):
    """How a cohort is organised (docs/domain.md §2.1 C09); a cohort of one is legal."""

    GROUP = "group", _("集中培训")
    APPRENTICESHIP = "apprenticeship", _("师带徒")
    POINT_TO_POINT = "point_to_point", _("点对点")
    ONE_TO_ONE = "one_to_one", _("一对一")


class ProcurementMode(models.TextChoices):
    """How the training was ordered (docs/domain.md §2.1 C11 to C13)."""

    PROJECT = "project", _("项目制")
    ORDERED = "ordered", _("订单式")
    PACKAGE = "package", _("套餐制")
    ON_DEMAND = "on_demand", _("点单式")
    HOME_BASED = "home_based", _("上门式")
    INTERNSHIP = "internship", _("实习式")
    FOUR_ORDER = "four_order", _("四单式")


class FundingSource(models.TextChoices):
    """Who pays; one cost may be charged to one source only (docs/domain.md §2.1 C43, C44)."""

    SECURITY_FUND = "security_fund", _("残疾人就业保障金")
    EMPLOYMENT_SUBSIDY = "employment_subsidy", _("就业补助资金")
    FISCAL = "fiscal", _("财政专项资金")
    SOCIAL = "social", _("社会资金")


class VenueKind(models.TextChoices):
    """Where the training takes place (docs/domain.md §2.1 C11)."""

    BASE = "base", _("培训基地")
    HOME = "home", _("学员家中")
    EMPLOYER = "employer", _("用人单位")
    ONLINE = "online", _("线上")


class ProgrammeModel(models.TextChoices):
    """A programme that goes on after the training (docs/domain.md §2.1 C10)."""

    TRAINING_EMPLOYMENT_OPERATION = "training_employment_operation", _("培训+就业+运行")


class CohortState(models.TextChoices):
    """The life of a cohort (docs/domain.md §5.3)."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("退回修改")
    APPROVED = "approved", _("已批准")
    ENROLLING = "enrolling", _("招生中")
    RUNNING = "running", _("培训中")
    ASSESSING = "assessing", _("考核中")
    COMPLETED = "completed", _("已结业")
    CLOSED = "closed", _("已归档")
    CANCELLED = "cancelled", _("已取消")


class CohortQuerySet(models.QuerySet["Cohort"]):
    def visible_to(self, actor: Actor) -> "CohortQuerySet":
        """Cohorts of the bases the actor reads."""
        return self if actor.is_system else self.in_scope(actor.scope(Permission.COHORT_READ))

    def in_scope(self, scope: Scope) -> "CohortQuerySet":
        return self.filter(placed_in(scope))


def of_cohorts_in(scope: Scope) -> Q:
    """Rows whose `cohort` lies in the scope's subtrees or is of one of its bases."""
    return placed_in(scope, "cohort__")


class Cohort(models.Model):
    public_id = PublicIdField()
    base = models.ForeignKey(TrainingBase, models.PROTECT, related_name="cohorts")
    course = models.ForeignKey(Course, models.PROTECT, related_name="cohorts")
    # Where the base stood when the cohort was made: figures of the past do not move with it.
    region = models.ForeignKey(Region, models.PROTECT, related_name="cohorts")
    name = models.CharField(_("班级名称"), max_length=80)
    starts_on = models.DateField(_("开班日期"))
    ends_on = models.DateField(_("结业日期"))
    delivery_mode = models.CharField(
        _("授课方式"), max_length=10, choices=DeliveryMode.choices, default=DeliveryMode.OFFLINE
    )
    organisation_mode = models.CharField(
        _("组织形式"), max_length=16, choices=OrganisationMode.choices, default=OrganisationMode.GROUP
    )
    procurement_mode = models.CharField(
        _("项目形式"), max_length=12, choices=ProcurementMode.choices, default=ProcurementMode.PROJECT
    )
    funding_source = models.CharField(
        _("资金来源"), max_length=20, choices=FundingSource.choices, default=FundingSource.SECURITY_FUND
    )
    venue = models.CharField(_("培训地点"), max_length=120, blank=True)
    trainers = models.ManyToManyField(Trainer, verbose_name=_("培训教师"), related_name="cohorts", blank=True)
    venue_kind = models.CharField(
        _("地点类型"), max_length=8, choices=VenueKind.choices, default=VenueKind.BASE
    )
    planned_trainees = models.PositiveSmallIntegerField(_("计划人数"), null=True, blank=True)
    package = models.ForeignKey(
        TrainingPackage, models.PROTECT, null=True, blank=True, related_name="cohorts"
    )
    programme_model = models.CharField(
        _("就业衔接模式"), max_length=32, choices=ProgrammeModel.choices, blank=True
    )
    placement_employer = models.CharField(_("安置单位"), max_length=80, blank=True)
    placement_uscc = models.CharField(_("安置单位统一社会信用代码"), max_length=18, blank=True)
    # 四单式: who orders, who accepts, how trainees chose, who pays (docs/domain.md §2.1 C12).
    ordering_employer = models.CharField(_("下单企业"), max_length=80, blank=True)
    ordering_uscc = models.CharField(_("下单企业统一社会信用代码"), max_length=18, blank=True)
    accepting_institution = models.CharField(_("接单机构"), max_length=80, blank=True)
    trainee_choice = models.CharField(_("点单方式"), max_length=200, blank=True)
    payer = models.CharField(_("买单单位"), max_length=80, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=CohortState.choices, default=CohortState.DRAFT)
    # Why it was returned or cancelled, for the base to read; empty after any other move.
    state_reason = models.CharField(_("原因"), max_length=200, blank=True)
    # What the approver wants mended, by task of the filing (rules/filings.py); a task that is saved leaves it.
    to_mend = models.JSONField(_("需要修改"), default=dict, blank=True)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="courses_cohort_ends_after_start"
            ),
            models.UniqueConstraint(F("base"), F("name"), name="courses_cohort_name_once_per_base"),
        ]

    def __str__(self) -> str:
        return self.name
