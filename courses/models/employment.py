"""Employment spells (就业经历): who worked where, in which form, from when to when, and what shows it."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.enrolments import Enrolment
from registry.models import Person
from registry.models.fields import PublicIdField
from registry.models.people import of_people_in
from registry.rules.access import Actor, Permission


class EmploymentForm(models.TextChoices):
    """The four forms of 六位一体, and the forms that other plans name beside them (docs/domain.md §2.2 T14, T15)."""

    QUOTA = "quota", _("按比例就业")
    CONCENTRATED = "concentrated", _("集中就业")
    HOME_BASED = "home_based", _("居家就业")
    FLEXIBLE = "flexible", _("灵活就业")
    PUBLIC_WELFARE = "public_welfare", _("公益性岗位")
    SUPPORTED = "supported", _("辅助性就业")
    SELF_EMPLOYED = "self_employed", _("个体或自主创业")
    FARMING = "farming", _("农村种养加")
    MASSAGE = "massage", _("盲人按摩")
    NEW_FORM = "new_form", _("新就业形态")


class NewForm(models.TextChoices):
    """新就业形态, as Jiangxi's plan lists them (docs/domain.md §2.2 T15)."""

    ONLINE_RETAIL = "online_retail", _("网络零售")
    CLOUD_SERVICE = "cloud_service", _("云客服")
    LIVESTREAMING = "livestreaming", _("直播带货")
    LOGISTICS = "logistics", _("物流快递")
    SMALL_SHOP = "small_shop", _("小店经济")
    OTHER = "other", _("其他")


class Contract(models.TextChoices):
    FIXED_TERM = "fixed_term", _("固定期限劳动合同")
    OPEN_ENDED = "open_ended", _("无固定期限劳动合同")
    TASK = "task", _("以完成一定任务为期限的劳动合同")
    PART_TIME = "part_time", _("非全日制用工")
    LABOUR_SERVICE = "labour_service", _("劳务协议")
    NONE = "none", _("没有签合同")


class Insurance(models.TextChoices):
    EMPLOYEE = "employee", _("单位缴纳职工社保")
    FLEXIBLE = "flexible", _("以灵活就业人员身份参保")
    RESIDENT = "resident", _("城乡居民社保")
    NONE = "none", _("没有参保")


class FoundThrough(models.TextChoices):
    """How the work was found: what a base or a federation may call its own placement (docs/domain.md §2.1 C10)."""

    BASE = "base", _("培训基地推荐")
    ORDER = "order", _("订单培训的用人单位")
    FEDERATION = "federation", _("残联推荐")
    COUNSELLOR = "counsellor", _("就业辅导员推荐")
    JOB_FAIR = "job_fair", _("招聘会")
    SELF = "self", _("自己找到")


class EndReason(models.TextChoices):
    RESIGNED = "resigned", _("本人辞职")
    CONTRACT_ENDED = "contract_ended", _("合同到期")
    DISMISSED = "dismissed", _("单位解除")
    EMPLOYER_CLOSED = "employer_closed", _("单位停业")
    HEALTH = "health", _("身体原因")
    CHANGED_JOB = "changed_job", _("换了工作")
    OTHER = "other", _("其他")


class EmploymentSpellQuerySet(models.QuerySet["EmploymentSpell"]):
    def visible_to(self, actor: Actor) -> "EmploymentSpellQuerySet":
        """Spells of the people the actor reads."""
        return self if actor.is_system else self.filter(of_people_in(actor.scope(Permission.PERSON_READ)))

    def standing(self) -> "EmploymentSpellQuerySet":
        """Those that were not undone: all that counts anywhere."""
        return self.filter(undone_on__isnull=True)

    def in_force(self, on: date) -> "EmploymentSpellQuerySet":
        """Those that employ the person on the day."""
        return self.standing().filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), started_on__lte=on)


class EmploymentSpell(models.Model):
    """One job from its first day to the day on which it was over, that day not included.

    What was wrong is undone and recorded anew: an undone row stays, with its reason, and counts nowhere.
    """

    public_id = PublicIdField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="employment_spells")
    # The training it is the placement of (docs/domain.md §2.1 C10), where it is one.
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, null=True, blank=True, related_name="employment_spells"
    )
    form = models.CharField(_("就业形式"), max_length=16, choices=EmploymentForm.choices)
    new_form = models.CharField(_("新就业形态类型"), max_length=16, choices=NewForm.choices, blank=True)
    employer_name = models.CharField(_("用人单位"), max_length=80, blank=True)
    employer_uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    post = models.CharField(_("岗位"), max_length=60, blank=True)
    contract = models.CharField(_("合同"), max_length=16, choices=Contract.choices, blank=True)
    insurance = models.CharField(_("社会保险"), max_length=12, choices=Insurance.choices, blank=True)
    found_through = models.CharField(_("就业途径"), max_length=12, choices=FoundThrough.choices, blank=True)
    started_on = models.DateField(_("就业日期"))
    ended_on = models.DateField(_("离职日期"), null=True, blank=True)
    end_reason = models.CharField(_("离职原因"), max_length=16, choices=EndReason.choices, blank=True)
    recorded_on = models.DateField(_("登记日期"))
    recorded_by = models.CharField(_("登记人"), max_length=50)
    undone_on = models.DateField(_("撤销日期"), null=True, blank=True)
    undone_by = models.CharField(_("撤销人"), max_length=50, blank=True)
    undone_reason = models.CharField(_("撤销原因"), max_length=120, blank=True)

    objects = EmploymentSpellQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "-pk"]
        indexes = [models.Index(fields=["person", "started_on"], name="courses_spell_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
                name="courses_spell_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="courses_spell_end_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(form=EmploymentForm.NEW_FORM) | Q(new_form=""),
                name="courses_spell_kind_of_new_form",
            ),
            models.CheckConstraint(
                condition=Q(undone_on__isnull=True, undone_reason="")
                | (Q(undone_on__isnull=False) & ~Q(undone_reason="")),
                name="courses_spell_undone_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"EmploymentSpell {self.public_id}"
