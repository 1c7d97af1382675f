"""Takes objections (异议) to public notices from anyone, and answers them."""

import secrets
from datetime import date

from django.db import transaction

from registry.actions import audit
from registry.errors import InvalidInput, NoticeOver, ObjectionAnswered, OwnNotice
from registry.models import NoticeItem, Objection, PublicNotice
from registry.models.notices import ObjectionState
from registry.rules.access import Actor, Permission, require
from registry.rules.disclosure import disclosing_word
from registry.rules.personal_numbers import holds_personal_number

LONGEST_TEXT = 1_000
LONGEST_CONTACT = 100
LONGEST_ANSWER = 1_000
RECEIPT_DIGITS = 12


@transaction.atomic
def make(
    *,
    by: Actor,
    on: date,
    notice: PublicNotice,
    text: str,
    item: NoticeItem | None = None,
    contact: str = "",
) -> Objection:
    """Keep an objection to a notice that runs, or to one item of it; its `receipt` is for who made it.

    Raises InvalidInput, NoticeOver.
    """
    text, contact = text.strip(), contact.strip()
    problems = {}
    if not text or len(text) > LONGEST_TEXT:
        problems["text"] = "field_too_long" if text else "field_missing"
    if len(contact) > LONGEST_CONTACT:
        problems["contact"] = "field_too_long"
    if item is not None and item.notice_id != notice.pk:
        raise unknown_item()
    if problems:
        raise InvalidInput(fields=problems)
    # Locked, so that it cannot be withdrawn or filed between the look and the objection.
    rows = PublicNotice.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("federation__region").get(pk=notice.pk)
    if not held.is_shown(on):
        raise NoticeOver()
    objection = Objection.objects.create(
        notice=held, item=item, receipt=_new_receipt(), text=text, contact=contact, made_on=on
    )
    audit.record(
        "objection.made",
        objection,
        by=by,
        region_path=held.federation.region.path,
        notice=held.public_id,
        on=on.isoformat(),
    )
    return objection


@transaction.atomic
def answer(*, by: Actor, on: date, objection: Objection, is_upheld: bool, answer: str) -> Objection:
    """Say whether an objection is right, and why; whoever has the receipt reads it. The contact is forgotten.

    Never by who published the notice. The answer names nobody: it is read outside. Raises NotPermitted, OwnNotice,
    ObjectionAnswered, InvalidInput.
    """
    rows = Objection.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("notice__federation__region").get(pk=objection.pk)
    path = held.notice.federation.region.path
    require(by, Permission.NOTICE_ANSWER, region_path=path)
    if by.account_id is not None and by.account_id == held.notice.published_by_id:
        raise OwnNotice()
    if held.state != ObjectionState.OPEN:
        raise ObjectionAnswered()
    answer = answer.strip()
    if not answer or len(answer) > LONGEST_ANSWER:
        raise InvalidInput(fields={"answer": "field_too_long" if answer else "field_missing"})
    if word := disclosing_word(answer):
        raise InvalidInput(fields={"answer": "notice_discloses"}, word=word)
    if holds_personal_number(answer):
        raise InvalidInput(fields={"answer": "notice_personal_number"})
    held.state = ObjectionState.UPHELD if is_upheld else ObjectionState.UNFOUNDED
    held.answer, held.contact, held.answered_on, held.answered_by = answer, "", on, by.name
    held.save(update_fields=["state", "answer", "contact", "answered_on", "answered_by"])
    audit.record("objection.answered", held, by=by, region_path=path, state=held.state, on=on.isoformat())
    return held


def unknown_item() -> InvalidInput:
    """The refusal of a number that no item of the notice has."""
    return InvalidInput(fields={"item": "objection_item"})


def _new_receipt() -> str:
    """A random number that can be said aloud in any language."""
    return "".join(secrets.choice("0123456789") for _ in range(RECEIPT_DIGITS))
