"""Skills (门), the unit of the two-skills goal, and their categories. Two levels of one skill are one skill."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class NamedInThreeLanguages(models.Model):
    """Seeded names; the zh-Hans one is the term of the documents."""

    name = models.CharField(_("名称"), max_length=40)
    name_hant = models.CharField(_("繁体名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=80)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_in(get_language() or "zh-hans")

    def name_in(self, language: str) -> str:
        return {"zh-hant": self.name_hant, "en": self.name_en}.get(language.lower(), self.name)


class SkillCategory(NamedInThreeLanguages):
    code = models.SlugField(max_length=30, unique=True)

    class Meta:
        ordering = ["code"]


class Skill(NamedInThreeLanguages):
    """One employment skill. The number goes into signed certificates, so it is permanent."""

    number = models.PositiveIntegerField(_("技能编号"), unique=True)
    code = models.SlugField(max_length=40, unique=True)
    category = models.ForeignKey(SkillCategory, models.PROTECT, related_name="skills")
    # Several skills may share one occupation, and some have none (docs/domain.md §4.1).
    occupation_code = models.CharField(_("职业编码"), max_length=12, blank=True)
    occupation_name = models.CharField(_("职业名称"), max_length=40, blank=True)
    catalogue_edition = models.CharField(_("职业分类大典版次"), max_length=20, blank=True)
    # 盲人医疗按摩 is proved only by the national examination (docs/domain.md §2.1 C27): no base issues it.
    base_may_issue = models.BooleanField(_("基地可发证"), default=True)

    class Meta:
        ordering = ["number"]
