"""Templates of certificates for tests, made by the actions that the site uses."""

from datetime import date
from typing import Any

from certificates.actions import templates
from certificates.models import CertificateTemplate
from registry.models import Federation
from registry.rules.access import SYSTEM
from tests.certificates.faces import samples
from tests.conftest import TODAY
from tests.registry.factories import a_federation


def a_template(
    federation: Federation | None = None,
    *,
    language: str = "zh-hans",
    begins: date | None = TODAY,
    **changes: Any,
) -> CertificateTemplate:
    """A template of a federation, Tianshui's unless another is given, in use since TODAY; `begins=None` for a draft."""
    federation = federation or a_federation("620500")
    made = templates.draft(by=SYSTEM, on=TODAY, federation=federation, language=language)
    if changes:
        made = templates.edit(by=SYSTEM, on=TODAY, template=made, **changes)
    if begins is None:
        return made
    return templates.put_in_use(by=SYSTEM, on=TODAY, template=made, begins=begins, pictures_seen=True)


def adorned(**values: Any) -> CertificateTemplate:
    """One in two languages with logo and seal."""
    logo, seal = samples.a_logo(), samples.a_seal()
    pictures = {"logo": logo.png, "logo_alt": logo.alt, "seal": seal.png, "seal_alt": seal.alt}
    return a_template(**{"language": "zh-en"} | pictures | values)
