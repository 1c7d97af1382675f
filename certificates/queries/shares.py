"""Share links as their holder manages them, and as an employer finds them."""

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from certificates.models import Certificate, Share
from certificates.rules import link_tokens
from registry.models import Person


def shares_of(person: Person) -> QuerySet[Share]:
    """Every share of the person with how often it was opened (`opened`), newest first. Two queries."""
    return (
        Share.objects.filter(person=person)
        .annotate(opened=Coalesce(Sum("openings__times"), 0))
        .prefetch_related("certificates")
    )


def share_of(token: str) -> Share | None:
    """The share with this link, open or not."""
    digest = link_tokens.digest(token)
    return Share.objects.filter(digest=digest).first() if digest else None


def shared_certificates(share: Share) -> list[Certificate]:
    """What the share shows, newest first, as it stands now, each with the one that replaced it."""
    return list(share.certificates.select_related("replaced_by"))
