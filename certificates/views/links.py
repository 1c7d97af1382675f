"""Addresses that leave this site on paper or in a message."""

from django.conf import settings
from django.urls import reverse


def public_address(name: str, token: str) -> str:
    """The whole address of a page that a secret opens, as it is sent and typed."""
    return f"{settings.PUBLIC_BASE_URL}{reverse(name, args=[token])}"


def in_capitals(link: str) -> str:
    """The same for a QR, which packs capitals more tightly; scheme and host mean the same in any case."""
    return link.upper()
