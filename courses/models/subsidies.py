"""Subsidy claims (补贴申领): their costs, and the steps that they went through."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort, FundingSource
from courses.models.courses import CourseLevel
from courses.models.schemes import CostItem, SubsidyScheme
from courses.models.skills import Skill
from registry.models import Account, Person, Region, TrainingBase
from registry.models.fields import PublicIdField, SealedTextField
from registry.models.people import of_people_in
from registry.models.regions import placed_in
from registry.rules.access import Actor, Permission, ids_of


class ClaimState(models.TextChoices):
    """Where a claim stands (rules/subsidies.STEPS); the value is stored, so it never changes."""

    CLAIMED = "claimed", _("待审核")
    RETURNED = "returned", _("退回修改")
    CHECKED = "checked", _("待审批")
    APPROVED = "approved", _("已批准，待发放")
    PAID = "paid", _("已发放")
    REFUSED = "refused", _("未批准")
    WITHDRAWN = "withdrawn", _("已撤回")
    RECOVERED = "recovered", _("已追回")


class SubsidyClaimQuerySet(models.QuerySet["SubsidyClaim"]):
    def visible_to(self, actor: Actor) -> "SubsidyClaimQuerySet":
        """Claims of the actor's subtrees and of the actor's own bases."""
        return self if actor.is_system else self.where(actor, Permission.SUBSIDY_READ)

    def where(self, actor: Actor, permission: Permission) -> "SubsidyClaimQuerySet":
        """Claims over which the actor holds the permission."""
        if actor.is_system:
            return self
        scope = actor.scope(permission)
        return self.filter(placed_in(scope))


class SubsidyClaim(models.Model):
    """One claim under one scheme: for a cohort, or for one person. It keeps the scheme it was made under."""

    public_id = PublicIdField()
    scheme = models.ForeignKey(SubsidyScheme, models.PROTECT, related_name="claims")
    # Whose federation deals with it: the cohort's region, or the person's.
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, related_name="subsidy_claims")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="subsidy_claims")
    # Who claims where a base does; the training fee is paid to it.
    base = models.ForeignKey(TrainingBase, models.PROTECT, null=True, related_name="subsidy_claims")
    funding_source = models.CharField(_("资金来源"), max_length=20, choices=FundingSource.choices)
    state = models.CharField(_("状态"), max_length=10, choices=ClaimState.choices, default=ClaimState.CLAIMED)
    # Why it was returned, refused, withdrawn or recovered; empty after any other step.
    state_reason = models.CharField(_("原因"), max_length=200, blank=True)
    # Of the business, for what is paid on starting one.
    business_name = models.CharField(_("企业名称"), max_length=80, blank=True)
    business_since = models.DateField(_("登记注册日期"), null=True, blank=True)
    # The year of this day is the year whose limits it counts for.
    claimed_on = models.DateField(_("申领日期"))
    # Since when it is in this state: the oldest waits first.
    moved_on = models.DateField(_("状态日期"))
    paid_on = models.DateField(_("发放日期"), null=True, blank=True)
    payment_number = models.CharField(_("支付凭证号"), max_length=40, blank=True)

    objects = SubsidyClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-claimed_on", "-pk"]
        indexes = [
            models.Index(fields=["state", "moved_on"], name="courses_claim_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cohort__isnull=False, person__isnull=True)
                | Q(cohort__isnull=True, person__isnull=False),
                name="courses_claim_cohort_or_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("paid", "recovered"))
                | (Q(paid_on__isnull=False) & ~Q(payment_number="")),
                name="courses_claim_paid_on_and_number",
            ),
        ]

    def __str__(self) -> str:
        return f"SubsidyClaim {self.public_id}"

    @property
    def base_ids(self) -> list[int]:
        """The base whose staff deal with it, as `require` takes it."""
        return ids_of(self.base_id)


class SubsidyItem(models.Model):
    """One cost: a person, a training (or none), an item; charged to the claim's funding source.

    `holds` says that the cost is charged (rules/subsidies.HOLDING); the database lets only one row hold a cost, whatever
    the funding source: 避免交叉使用 (docs/domain.md §2.1 C43, C44).
    """

    claim = models.ForeignKey(SubsidyClaim, models.CASCADE, related_name="items")
    person = models.ForeignKey(Person, models.PROTECT, related_name="subsidy_items")
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, related_name="subsidy_items")
    item = models.CharField(_("费用"), max_length=12, choices=CostItem.choices)
    # What was trained or appraised: the same skill and level is not paid twice (docs/domain.md §2.5).
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, related_name="+")
    level = models.PositiveSmallIntegerField(_("等级"), choices=CourseLevel.choices, default=CourseLevel.NONE)
    # Of the business that was started.
    business_uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    # The certificate an appraisal subsidy rests on, by its public id: certificates are an app above.
    certificate_id = models.CharField(max_length=12, blank=True)
    amount = models.DecimalField(_("金额（元）"), max_digits=12, decimal_places=2)
    # Each condition of the scheme when the claim was made, met or not: rules/subsidies.Finding as data.
    findings = models.JSONField(default=list)
    # Left out of the claim: a condition is not met, or the cost is charged elsewhere. The reason is in `findings`.
    is_left_out = models.BooleanField(default=False)
    holds = models.BooleanField(default=False)
    recovered_on = models.DateField(_("追回日期"), null=True, blank=True)
    # Empty where a base is paid; masked everywhere but in the payment file.
    bank_account = SealedTextField(_("银行账号"), blank=True, default="")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["person", "item"], name="courses_subsidy_item_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "cohort", "item"],
                condition=Q(holds=True, cohort__isnull=False),
                name="courses_subsidy_cost_charged_once",
            ),
            models.UniqueConstraint(
                fields=["person", "item", "skill", "level"],
                condition=Q(holds=True, cohort__isnull=True, skill__isnull=False),
                name="courses_subsidy_appraised_once",
            ),
            models.UniqueConstraint(
                fields=["item", "business_uscc"],
                condition=Q(holds=True) & ~Q(business_uscc=""),
                name="courses_subsidy_business_once",
            ),
            models.UniqueConstraint(fields=["claim", "person"], name="courses_subsidy_item_once_per_claim"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="courses_subsidy_amount_positive"),
            models.CheckConstraint(
                condition=Q(is_left_out=False) | Q(holds=False, amount=0),
                name="courses_subsidy_left_out_holds_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"SubsidyItem {self.pk}"


class SubsidyStep(models.Model):
    """Who took which step of a claim, when and why: never changed."""

    claim = models.ForeignKey(SubsidyClaim, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10)
    # The permission it was taken by: nobody takes steps of two permissions on one claim.
    permission = models.CharField(max_length=30)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    by = models.CharField(_("经办人"), max_length=50)
    on = models.DateField(_("日期"))
    reason = models.CharField(_("原因"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["account", "claim"], name="courses_subsidy_step_by")]

    def __str__(self) -> str:
        return f"{self.step} {self.on}"


class OtherFundingQuerySet(models.QuerySet["OtherFunding"]):
    def visible_to(self, actor: Actor) -> "OtherFundingQuerySet":
        """Payments to the people over whom the actor reads subsidies."""
        return self if actor.is_system else self.filter(of_people_in(actor.scope(Permission.SUBSIDY_READ)))

    def standing(self) -> "OtherFundingQuerySet":
        """Those that were not undone: all that counts anywhere."""
        return self.filter(undone_on__isnull=True)


class OtherFunding(models.Model):
    """What another office, such as 人社, paid for a person: so that the same cost is not paid again.

    What was wrong is undone and recorded anew.
    """

    public_id = PublicIdField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="other_funding")
    item = models.CharField(_("费用"), max_length=12, choices=CostItem.choices)
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="+")
    level = models.PositiveSmallIntegerField(_("等级"), choices=CourseLevel.choices, default=CourseLevel.NONE)
    payer = models.CharField(_("发放单位"), max_length=80)
    funding_source = models.CharField(_("资金来源"), max_length=20, choices=FundingSource.choices)
    amount = models.DecimalField(_("金额（元）"), max_digits=12, decimal_places=2)
    paid_on = models.DateField(_("发放日期"))
    document = models.CharField(_("依据"), max_length=120, blank=True)
    recorded_on = models.DateField(_("登记日期"))
    recorded_by = models.CharField(_("登记人"), max_length=50)
    undone_on = models.DateField(_("撤销日期"), null=True, blank=True)
    undone_by = models.CharField(_("撤销人"), max_length=50, blank=True)
    undone_reason = models.CharField(_("撤销原因"), max_length=120, blank=True)

    objects = OtherFundingQuerySet.as_manager()

    class Meta:
        ordering = ["-paid_on", "-pk"]
        indexes = [models.Index(fields=["person", "item"], name="courses_other_funding_person")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="courses_other_funding_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"OtherFunding {self.public_id}"
