"""Public notices (公示), the frozen items on them, and objections (异议) to them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models.federations import Federation
from registry.models.fields import PublicIdField, SealedTextField
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission
from registry.rules.notices import is_masked


class NoticeKind(models.TextChoices):
    """What is to happen unless somebody objects; the value is stored, so it never changes."""

    PROJECT = "project", _("培训项目")
    ACCREDITATION = "accreditation", _("培训机构")
    CERTIFICATE = "certificate", _("证书")
    SUBSIDY = "subsidy", _("补贴")


class NoticeState(models.TextChoices):
    """Told from the dates (`PublicNotice.state`): a notice ends by itself."""

    PUBLISHED = "published", _("公示中")
    ENDED = "ended", _("已结束")
    WITHDRAWN = "withdrawn", _("已撤回")


class PublicNoticeQuerySet(models.QuerySet["PublicNotice"]):
    def visible_to(self, actor: Actor) -> "PublicNoticeQuerySet":
        """The inside of notices by federations in the actor's subtrees."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.NOTICE_READ)
        return self.filter(in_subtrees("federation__region__path", scope.region_paths))

    def in_state(self, state: str, *, on: date) -> "PublicNoticeQuerySet":
        if state == NoticeState.WITHDRAWN:
            return self.filter(withdrawn_on__isnull=False)
        standing = self.filter(withdrawn_on__isnull=True)
        return (
            standing.filter(ends_on__lt=on)
            if state == NoticeState.ENDED
            else standing.filter(ends_on__gte=on)
        )


class PublicNotice(models.Model):
    """What a federation tells everybody for some days. Its words and items are never changed."""

    public_id = PublicIdField()
    kind = models.CharField(_("公示类型"), max_length=16, choices=NoticeKind.choices)
    federation = models.ForeignKey(Federation, models.PROTECT, related_name="notices")
    title = models.CharField(_("标题"), max_length=80)
    intro = models.CharField(_("说明"), max_length=1_000, blank=True)
    starts_on = models.DateField(_("公示开始"))
    # The last day on which it is shown and objections are taken.
    ends_on = models.DateField(_("公示截止"))
    published_by = models.CharField(_("发布人"), max_length=50)
    published_by_id = models.BigIntegerField(null=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True)
    withdrawn_by = models.CharField(_("撤回人"), max_length=50, blank=True)
    withdrawn_reason = models.CharField(_("撤回原因"), max_length=200, blank=True)
    # Filed once what it was for has been done or given up: it leaves the work list.
    concluded_on = models.DateField(_("办结日期"), null=True)
    concluded_by = models.CharField(_("办结人"), max_length=50, blank=True)

    objects = PublicNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="registry_notice_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_reason="")),
                name="registry_notice_withdrawn_for_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["ends_on"], name="registry_notices_shown", condition=Q(withdrawn_on__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"PublicNotice {self.public_id}"

    def state(self, on: date) -> NoticeState:
        if self.withdrawn_on is not None:
            return NoticeState.WITHDRAWN
        return NoticeState.PUBLISHED if on <= self.ends_on else NoticeState.ENDED

    def is_shown(self, on: date) -> bool:
        return self.state(on) == NoticeState.PUBLISHED


class NoticeItem(models.Model):
    """One line as it was published: names of persons masked, nothing else of them."""

    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    # What it is about, as "courses.cohort" and the row's id: kept when that row's app is above this one.
    subject_type = models.CharField(max_length=60)
    subject_id = models.PositiveBigIntegerField()
    name = models.CharField(_("名称"), max_length=120)
    text = models.CharField(_("内容"), max_length=300, blank=True)

    class Meta:
        ordering = ["notice", "position"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "position"], name="registry_notice_position_once"),
            models.UniqueConstraint(
                fields=["notice", "subject_type", "subject_id"], name="registry_notice_subject_once"
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="registry_notice_subject")]

    def __str__(self) -> str:
        return f"NoticeItem {self.pk}"

    @property
    def is_masked(self) -> bool:
        return is_masked(self.name)


class ObjectionState(models.TextChoices):
    OPEN = "open", _("待答复")
    UPHELD = "upheld", _("异议成立")
    UNFOUNDED = "unfounded", _("异议不成立")


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, actor: Actor) -> "ObjectionQuerySet":
        """Objections to notices by federations in the actor's subtrees."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.NOTICE_READ)
        return self.filter(in_subtrees("notice__federation__region__path", scope.region_paths))

    def waiting(self) -> "ObjectionQuerySet":
        return self.filter(state=ObjectionState.OPEN)

    def holding_back(self) -> "ObjectionQuerySet":
        return self.exclude(state=ObjectionState.UNFOUNDED)


class Objection(models.Model):
    """What somebody, who need not say who, holds against a notice or one item of it."""

    public_id = PublicIdField()
    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="objections")
    # None: against the notice as a whole.
    item = models.ForeignKey(NoticeItem, models.PROTECT, null=True, related_name="objections")
    # Whoever has it may read the answer: random, and said aloud digit by digit.
    receipt = models.CharField(_("回执号"), max_length=12, unique=True)
    # People write names and numbers here, so it is sealed like everything personal.
    text = SealedTextField(_("异议内容"))
    # Forgotten once the objection is answered.
    contact = SealedTextField(_("联系方式"), blank=True, default="")
    made_on = models.DateField(_("提出日期"))
    state = models.CharField(
        _("办理情况"), max_length=10, choices=ObjectionState.choices, default=ObjectionState.OPEN
    )
    answer = SealedTextField(_("答复"), blank=True, default="")
    answered_on = models.DateField(_("答复日期"), null=True)
    answered_by = models.CharField(_("答复人"), max_length=50, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["made_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_on__isnull=True, answered_by="")
                | (~Q(state="open") & Q(answered_on__isnull=False) & ~Q(answered_by="")),
                name="registry_objection_answered_by_someone",
            )
        ]
        indexes = [
            models.Index(fields=["made_on"], name="registry_objections_open", condition=Q(state="open"))
        ]

    def __str__(self) -> str:
        return f"Objection {self.public_id}"
