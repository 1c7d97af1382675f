"""The audit trail: one row for each write, in the write's own transaction, never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def visible_to(self, actor: Actor) -> "AuditEventQuerySet":
        """Events of the regions whose audit trail the actor reads."""
        if actor.is_system:
            return self
        return self.filter(in_subtrees("region_path", actor.scope(Permission.AUDIT_READ).region_paths))


class AuditEvent(models.Model):
    """Who did what to what, when. No foreign keys: the trail outlives what it tells of. No personal data in clear."""

    at = models.DateTimeField(_("时间"), auto_now_add=True, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("操作人"), max_length=50)
    verb = models.CharField(_("操作"), max_length=60)
    subject_type = models.CharField(_("对象"), max_length=40)
    subject_id = models.CharField(_("编号"), max_length=40)
    region_path = models.CharField(max_length=80, db_index=True)
    facts = models.JSONField(_("内容"), default=dict)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="registry_audit_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"
