"""The region tree: GB/T 2260 codes, retired codes, and units outside the standard (经开区)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.rules.access import Scope

NATION_CODE = "000000"


class RegionLevel(models.TextChoices):
    NATION = "nation", _("全国")
    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("地级")
    COUNTY = "county", _("县级")


class RegionQuerySet(models.QuerySet["Region"]):
    def in_force(self, on: date) -> "RegionQuerySet":
        """Regions whose code is in force on the date (years are what the sources record)."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gte=on)
        )

    def within(self, path: str) -> "RegionQuerySet":
        """The region of this path and all below it."""
        return self.filter(path__startswith=path)

    def statutory(self) -> "RegionQuerySet":
        """Units of the standard only: coverage counts Tianshui's 7 counties, though 8 units report."""
        return self.filter(is_statutory=True)


class Region(models.Model):
    """A unit of administration. Depth differs: Tianjin's districts stand straight under the city."""

    code = models.CharField(_("代码"), max_length=12, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("层级"), max_length=12, choices=RegionLevel.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    # Codes from the nation down, each followed by "/": "000000/620000/620500/620502/".
    path = models.CharField(max_length=80, db_index=True)
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    is_statutory = models.BooleanField(_("国家标准内"), default=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(path__endswith="/") & ~Q(path="/"), name="registry_region_path_ends_with_slash"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ancestor_codes(self) -> list[str]:
        """Codes from the nation down to and with this region."""
        return self.path.rstrip("/").split("/")


def in_subtrees(path_field: str, paths: tuple[str, ...]) -> Q:
    """Rows whose region path lies under one of the paths; none when there are no paths."""
    condition = Q(pk__in=())
    for path in paths:
        condition |= Q(**{f"{path_field}__startswith": path})
    return condition


def placed_in(scope: Scope, of: str = "") -> Q:
    """Rows whose region lies in the scope's subtrees or whose base is of the scope; `of` leads to the row that has them."""
    return in_subtrees(f"{of}region__path", scope.region_paths) | Q(**{f"{of}base_id__in": scope.base_ids})


def of_bases_in(scope: Scope) -> Q:
    """Rows whose `base` lies in the scope's subtrees or is one of its bases."""
    return in_subtrees("base__region__path", scope.region_paths) | Q(base_id__in=scope.base_ids)
