"""Applications of bases for accreditation (申报) and for its renewal (docs/domain.md §2.1 C37)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.accreditations import Accreditation, AccreditationLevel
from registry.models.bases import BaseKind, TrainingBase
from registry.models.federations import Federation
from registry.models.fields import PublicIdField
from registry.models.regions import in_subtrees, of_bases_in
from registry.rules.access import Actor, Permission


class ApplicationState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待初审")
    RETURNED = "returned", _("退回修改")
    CHECKED = "checked", _("待审批")
    ACCEPTED = "accepted", _("通过审批")
    ON_NOTICE = "on_notice", _("公示")
    ACCREDITED = "accredited", _("已挂牌")
    REFUSED = "refused", _("不予挂牌")
    WITHDRAWN = "withdrawn", _("已撤回")


OPEN_STATES = (
    ApplicationState.DRAFT,
    ApplicationState.SUBMITTED,
    ApplicationState.RETURNED,
    ApplicationState.CHECKED,
    ApplicationState.ACCEPTED,
    ApplicationState.ON_NOTICE,
)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, actor: Actor) -> "ApplicationQuerySet":
        """Applications of the bases that the actor reads."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.BASE_READ)
        return self.filter(of_bases_in(scope))

    def addressed_to(self, actor: Actor, permission: Permission) -> "ApplicationQuerySet":
        """Applications to the federations in whose name the actor holds the permission."""
        if actor.is_system:
            return self
        return self.filter(in_subtrees("federation__region__path", actor.scope(permission).region_paths))


class Application(models.Model):
    """A base's wish for the plaque of a federation, with its reasons; `renews` the plaque it shall follow."""

    public_id = PublicIdField()
    base = models.ForeignKey(TrainingBase, models.PROTECT, related_name="applications")
    federation = models.ForeignKey(Federation, models.PROTECT, related_name="applications")
    renews = models.ForeignKey(Accreditation, models.PROTECT, null=True, related_name="renewal_applications")
    state = models.CharField(
        _("状态"), max_length=12, choices=ApplicationState.choices, default=ApplicationState.DRAFT
    )
    # Since when it waits in this state.
    state_since = models.DateField(_("进入状态的日期"))
    kind = models.CharField(_("基地类型"), max_length=16, choices=BaseKind.choices)
    level = models.CharField(_("级别"), max_length=12, choices=AccreditationLevel.choices)
    categories = models.JSONField(_("类别"), default=list)
    site = models.TextField(_("场地"), max_length=1000, blank=True)
    equipment = models.TextField(_("设备"), max_length=1000, blank=True)
    trainers = models.TextField(_("师资"), max_length=1000, blank=True)
    access = models.TextField(_("无障碍条件"), max_length=1000, blank=True)
    # The review: the criteria as they were when it was made, the points given for each, and what they come to.
    criteria = models.JSONField(_("评分标准"), default=list)
    points = models.JSONField(_("得分"), default=list)
    score = models.DecimalField(_("总分"), max_digits=4, decimal_places=1, null=True)
    opinion = models.TextField(_("初审意见"), max_length=1000, blank=True)
    reason = models.TextField(_("退回或不予挂牌的理由"), max_length=1000, blank=True)
    accreditation = models.OneToOneField(Accreditation, models.PROTECT, null=True, related_name="application")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["state_since", "pk"]
        indexes = [models.Index(fields=["state", "state_since"], name="registry_application_state")]
        constraints = [
            # One at a time: what is on its way to a federation is mended, not sent twice.
            models.UniqueConstraint(
                fields=["base", "federation", "kind"],
                condition=Q(state__in=[state.value for state in OPEN_STATES]),
                name="registry_application_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state="accredited", accreditation__isnull=False)
                | (~Q(state="accredited") & Q(accreditation__isnull=True)),
                name="registry_application_accredited_with_plaque",
            ),
        ]

    def __str__(self) -> str:
        return f"Application {self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def may_be_edited(self) -> bool:
        return self.state in (ApplicationState.DRAFT, ApplicationState.RETURNED)
