"""Records that a file of personal data leaves the register: why, for whom, which fields, and its digest."""

import hashlib
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from registry.actions import audit
from registry.actions.values import require_valid
from registry.models import Export, Region
from registry.models.fields import new_public_id
from registry.rules.access import Actor, Permission, require


def require_reason(*, by: Actor, region: Region, purpose: str, recipient: str) -> str:
    """The recipient as it is kept: asked before a file is made. Raises NotPermitted, InvalidInput."""
    require(by, Permission.DATA_EXPORT, region_path=region.path)
    recipient = " ".join(recipient.split())
    require_valid(Export, purpose=purpose, recipient=recipient)
    return recipient


@transaction.atomic
def record(
    *,
    by: Actor,
    on: date,
    region: Region,
    about: str,
    purpose: str,
    recipient: str,
    fields: Sequence[str],
    rows: int,
    data: bytes,
    in_clear: Sequence[str] = (),
    subject_id: str = "",
    public_id: str = "",
) -> Export:
    """The row that stays of a file that was made to be handed out, and its audit row.

    `about` is the kind of file; give it words as "export.<about>" in your app's WORDS. `fields` are the labels of its
    columns, `in_clear` those of the personal ones that are not masked, `data` its bytes. `region` is the highest one
    of which the file holds people. `public_id` is the number printed in the file (`numbered()` before it is made).
    Raises NotPermitted, InvalidInput.
    """
    recipient = require_reason(by=by, region=region, purpose=purpose, recipient=recipient)
    made = Export.objects.create(
        public_id=public_id or numbered(),
        about=about,
        subject_id=subject_id,
        region=region,
        purpose=purpose,
        recipient=recipient,
        fields=list(fields),
        in_clear=list(in_clear),
        rows=rows,
        sha256=hashlib.sha256(data).hexdigest(),
        exported_on=on,
        exported_by=by.name,
    )
    audit.record(
        "data.exported",
        made,
        by=by,
        region_path=region.path,
        about=about,
        purpose=purpose,
        rows=rows,
        fields=len(made.fields),
        in_clear=made.in_clear,
        sha256=made.sha256,
    )
    return made


def numbered() -> str:
    """A new number of an export, to be printed in its file."""
    return new_public_id()
