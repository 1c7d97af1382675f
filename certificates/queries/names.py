"""The names behind the numbers in a signature, for verifiers without a network: skills and training bases."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef

from certificates.models import Certificate
from certificates.queries.status_lists import open_lists
from certificates.rules import wording
from courses.models import Skill
from registry.models import TrainingBase


@dataclass(frozen=True)
class PublicNames:
    """As certificates print them today; what a certificate printed before a renaming stands on its own page."""

    skills: dict[int, str]
    bases: dict[int, str]
    status_lists: int
    """How many status lists there are, 0 upwards."""


def public_names() -> PublicNames:
    """Bases that have issued; a skill whose name would disclose a disability has its neutral name, or none.

    Three queries.
    """
    skills = (
        (number, wording.neutral_name(name, settings.DISCLOSING_WORDS))
        for number, name in Skill.objects.values_list("number", "name")
    )
    return PublicNames(
        skills={number: name for number, name in skills if name},
        bases=dict(
            TrainingBase.objects.filter(Exists(Certificate.objects.filter(base=OuterRef("pk"))))
            .order_by("serial")
            .values_list("serial", "public_name")
        ),
        status_lists=len(open_lists()),
    )
