"""How the key commands are told which keys are meant, and how they say what was refused."""

import re
from argparse import ArgumentParser, _MutuallyExclusiveGroup
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError

from certificates.models import SigningKey
from certificates.models.keys import KeyPurpose
from certificates.proof import base64url
from registry import words
from registry.errors import RegistryError
from registry.models import Federation


def add_ring_arguments(parser: ArgumentParser) -> _MutuallyExclusiveGroup:
    """`--federation CODE` or `--purpose service|credential`, exactly one of the group."""
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--federation", metavar="CODE", help="region code of the federation: 620500")
    whose.add_argument(
        "--purpose",
        choices=[KeyPurpose.SERVICE.value, KeyPurpose.CREDENTIAL.value],
        help="the installation's own: service signs trust bundle and status lists, credential signs exports",
    )
    return whose


def ring_of(options: dict[str, Any]) -> tuple[KeyPurpose, Federation | None]:
    """What and whose keys the options name. Raises CommandError."""
    if options["purpose"]:
        return KeyPurpose(options["purpose"]), None
    code = options["federation"]
    owner = Federation.objects.select_related("region").filter(region__code=code).first()
    if owner is None:
        raise CommandError(f"No federation in region {code}. Found one first, or check the code.")
    return KeyPurpose.CERTIFICATE, owner


def parse_kid(text: str) -> bytes:
    """A key id as `list_keys` shows it: 8 characters, or 12 hexadecimal digits as in the file's name."""
    if re.fullmatch("[0-9a-f]{12}", text):
        return bytes.fromhex(text)
    if re.fullmatch("[A-Za-z0-9_-]{8}", text):
        return base64url.decode(text)
    raise CommandError(f"{text!r} is no key id. manage.py list_keys shows them.")


def key_of(text: str) -> SigningKey:
    """Raises CommandError."""
    key = (
        SigningKey.objects.select_related("owner__region")
        .filter(kid=base64url.encode(parse_kid(text)))
        .first()
    )
    if key is None:
        raise CommandError(f"No key {text}. manage.py list_keys shows them.")
    return key


def named(key: SigningKey) -> str:
    """The key in one phrase, for whoever runs the server."""
    whose = key.owner.name if key.owner else "the installation"
    return f"{key.kid} ({base64url.decode(key.kid).hex()}), {key.purpose} key of {whose}, {key.state}"


@contextmanager
def refusals_told() -> Iterator[None]:
    """A refusal ends the command with its words instead of a traceback."""
    try:
        yield
    except RegistryError as error:
        raise CommandError(f"{words.say(error.code, error.facts)} ({error})") from error
