"""Status lists: what is folded, and the changes since. Together they are the status of every certificate.

Writers only append changes, so no two of them wait for a list; `actions/status_lists.py` folds them in.
"""

from django.db import models

from certificates.proof.status import Status


class StatusList(models.Model):
    """One list of 2^20 places with the changes folded so far; a list without a row has every place at 0."""

    number = models.PositiveIntegerField(primary_key=True)
    # The 256 KiB, compressed: certificates/proof/status.py.
    folded = models.BinaryField()
    # Counts the folds: which state of the list a copy was made from.
    version = models.PositiveIntegerField(default=0)
    # Of the last change folded.
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"StatusList {self.number}"


class StatusChange(models.Model):
    """A new status at one place of a list, not folded yet; of several for one place, the last counts."""

    list_number = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(choices=[(status.value, status.name) for status in Status])
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["list_number", "id"], name="certificates_change_of_list")]

    def __str__(self) -> str:
        return f"StatusChange {self.pk}"
