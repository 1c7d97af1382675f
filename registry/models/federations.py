"""Federations (残疾人联合会): one per region, in the shape of the region tree."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.fields import PublicIdField
from registry.models.regions import Region, in_subtrees
from registry.rules.access import Actor, Permission


class FederationQuerySet(models.QuerySet["Federation"]):
    def visible_to(self, actor: Actor) -> "FederationQuerySet":
        """Federations in the actor's subtrees."""
        if actor.is_system:
            return self
        return self.filter(in_subtrees("region__path", actor.scope(Permission.BASE_READ).region_paths))


class Federation(models.Model):
    public_id = PublicIdField()
    name = models.CharField(_("名称"), max_length=80)
    # Printed on certificates as the issuing authority; neutral, so that it does not disclose disability.
    public_name = models.CharField(_("证书署名"), max_length=80)
    region = models.OneToOneField(Region, models.PROTECT, related_name="federation")

    objects = FederationQuerySet.as_manager()

    class Meta:
        ordering = ["region__code"]

    def __str__(self) -> str:
        return self.name
