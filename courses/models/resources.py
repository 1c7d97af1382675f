"""Online resources (资源库): teaching material to read, hear, see or take along, and in which accessible formats."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.courses import Course
from courses.models.skills import Skill
from registry.models import Region, TrainingBase
from registry.models.fields import PublicIdField
from registry.models.regions import placed_in
from registry.rules.access import Actor, Permission, Scope


class ResourceFormat(models.TextChoices):
    VIDEO = "video", _("视频")
    AUDIO = "audio", _("音频")
    TEXT = "text", _("文字")
    SLIDES = "slides", _("幻灯片")
    LINK = "link", _("网页链接")


class AccessibleFormat(models.TextChoices):
    """In what other ways it can be taken in (docs/domain.md §2.1 C17)."""

    CAPTIONS = "captions", _("字幕")
    TRANSCRIPT = "transcript", _("文字稿")
    AUDIO_DESCRIPTION = "audio_description", _("口述影像")
    AUDIO = "audio", _("有声版")
    SIGN_LANGUAGE = "sign_language", _("手语")
    LARGE_PRINT = "large_print", _("大字版")
    BRAILLE = "braille", _("盲文版")


class ResourceLanguage(models.TextChoices):
    """What is spoken or written in it; the value is a BCP 47 tag, for the voice that reads it."""

    CHINESE = "zh", _("汉语")
    TIBETAN = "bo", _("藏语")
    UYGHUR = "ug", _("维吾尔语")
    MONGOLIAN = "mn", _("蒙古语")
    KAZAKH = "kk", _("哈萨克语")
    ENGLISH = "en", _("英语")


class ResourceState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已下架")


class OnlineResourceQuerySet(models.QuerySet["OnlineResource"]):
    def visible_to(self, actor: Actor) -> "OnlineResourceQuerySet":
        """What is published, for whoever has no account only where it is public; and all of the actor's own."""
        if actor.is_system:
            return self
        shown = Q(state=ResourceState.PUBLISHED)
        if actor.account_id is None:
            return self.filter(shown, is_public=True)
        return self.filter(shown | placed_in(actor.scope(Permission.RESOURCE_EDIT)))

    def in_scope(self, scope: Scope) -> "OnlineResourceQuerySet":
        """Those of the scope's regions and bases."""
        return self.filter(placed_in(scope))

    def without_text(self) -> "OnlineResourceQuerySet":
        """Those that whoever cannot see or hear them is left out of."""
        return self.filter(has_text=False)


class OnlineResource(models.Model):
    public_id = PublicIdField()
    # Who keeps it: a base, or without one the federation of the region.
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    base = models.ForeignKey(TrainingBase, models.PROTECT, null=True, related_name="resources")
    title = models.CharField(_("标题"), max_length=80)
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="resources")
    course = models.ForeignKey(Course, models.PROTECT, null=True, related_name="resources")
    format = models.CharField(_("形式"), max_length=8, choices=ResourceFormat.choices)
    link = models.URLField(_("网址"), max_length=300, blank=True)
    accessible_formats = models.JSONField(_("无障碍形式"), default=list)
    language = models.CharField(
        _("语言"), max_length=4, choices=ResourceLanguage.choices, default=ResourceLanguage.CHINESE
    )
    # In plain words: short sentences, no jargon (docs/domain.md §2.1 C52).
    summary = models.CharField(_("内容简介"), max_length=300)
    # What it says and shows, in words; "" is flagged wherever the resource is listed.
    text_alternative = models.TextField(_("文字版"), max_length=50_000, blank=True)
    # Whether there is one, or its file is plain text itself: known without reading it.
    has_text = models.BooleanField(default=False)
    minutes = models.PositiveSmallIntegerField(_("时长（分钟）"), null=True, blank=True)
    provider = models.CharField(_("提供单位"), max_length=80)
    is_public = models.BooleanField(_("公开"), default=False)
    state = models.CharField(
        _("状态"), max_length=10, choices=ResourceState.choices, default=ResourceState.DRAFT
    )
    published_on = models.DateField(_("发布日期"), null=True)
    created_on = models.DateField(_("登记日期"))

    objects = OnlineResourceQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-pk"]
        indexes = [models.Index(fields=["state", "is_public", "skill"], name="courses_resource_shelf")]
        constraints = [
            models.CheckConstraint(
                condition=Q(link="") | Q(format=ResourceFormat.LINK), name="courses_resource_link_is_a_link"
            ),
            models.CheckConstraint(
                condition=~Q(state=ResourceState.PUBLISHED) | Q(published_on__isnull=False),
                name="courses_resource_published_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def lacks_text(self) -> bool:
        """Whether it has no text alternative: what it shows and says is lost to some."""
        return not self.has_text

    @property
    def accessible_labels(self) -> list[str]:
        return [str(AccessibleFormat(value).label) for value in self.accessible_formats]


class ResourceFile(models.Model):
    """The file of a resource. Plain bytes: it is nobody's personal data. Apart, so that lists do not load it."""

    resource = models.OneToOneField(OnlineResource, models.CASCADE, related_name="file")
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"ResourceFile {self.pk}"


class ResourceVisit(models.Model):
    """How often its page was opened on a day; of who opened it nothing is known."""

    resource = models.ForeignKey(OnlineResource, models.CASCADE, related_name="visits")
    on = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "on"], name="courses_resource_visit_once_a_day")
        ]

    def __str__(self) -> str:
        return f"ResourceVisit {self.pk}"
