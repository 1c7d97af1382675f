"""What a door knows: who asks, from where, in which text size; what is sent, the day, and the address we are known by."""

from datetime import date

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone

from registry.rules.access import Actor


class ActorRequest(HttpRequest):
    """A request after the middleware: `actor` is who asks, `text_size` how large they read."""

    actor: Actor
    text_size: str


def client_address(request: HttpRequest) -> str:
    """The address that rate limits count. Forwarded headers are believed only as far as our own proxies go."""
    if settings.TRUSTED_PROXIES:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        if len(forwarded) >= settings.TRUSTED_PROXIES and forwarded[-settings.TRUSTED_PROXIES].strip():
            return forwarded[-settings.TRUSTED_PROXIES].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def received(file: "UploadedFile[bytes]", most: int) -> bytes:
    """What was uploaded, to one byte more than may be: the action says that it is too large, and nothing reads the rest."""
    return bytes(file.read(most + 1))


def public_host() -> str:
    """The address of this installation as people read and type it: without the scheme."""
    return settings.PUBLIC_BASE_URL.partition("://")[2]


def today() -> date:
    """The day in China, which decides what is in force. Doors pass it on; nothing below asks the clock."""
    return timezone.localdate()
