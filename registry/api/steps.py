"""A step of an application or an evaluation on the API: what its page asks, in one body."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from registry.api.days import Day
from registry.errors import InvalidInput
from registry.forms import Form

Text = Annotated[str, Field(max_length=2_000)]


class StepIn(Schema):
    """Only what the step asks is read: points for each criterion in their order, and the fields of its page."""

    points: Annotated[list[int], Field(max_length=20)] | None = None
    opinion: Text | None = None
    text: Text | None = None
    reason: Text | None = None
    result: Text | None = None
    mend_what: Text | None = None
    mend_by: Day | None = None
    plaque_number: Text | None = None
    granted_on: Day | None = None
    valid_until: Day | None = None
    document: Text | None = None


def answers(form: Form, body: StepIn) -> dict[str, Any]:
    """What was sent of what the page's form asks. Raises InvalidInput for what it requires and lacks."""
    required = {_name(name): field.required for name, field in form.fields.items()}
    sent = body.dict()
    missing = {
        name: "field_missing" for name, needed in required.items() if needed and sent[name] in (None, "")
    }
    if missing:
        raise InvalidInput(fields=missing)
    return {name: sent[name] for name in required if sent[name] is not None}


def _name(field: str) -> str:
    return "points" if field.startswith("points_") else field
