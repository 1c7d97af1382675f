"""What trainees are called in a cohort's pages: by name, and two of one name apart by the end of their citizen IDs."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from courses.models import Enrolment


def labels(enrolments: Iterable[Enrolment]) -> dict[int, str]:
    """The label of each enrolment by its key; persons must be loaded."""
    rows = list(enrolments)
    shared = Counter(row.person.name for row in rows)
    return {
        row.pk: _("%(name)s（尾号 %(tail)s）") % {"name": row.person.name, "tail": row.person.citizen_id[-4:]}
        if shared[row.person.name] > 1
        else row.person.name
        for row in rows
    }
