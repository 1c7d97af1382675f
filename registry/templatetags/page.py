"""Template tags and filters that every page may use (a builtin library: no {% load %} needed).

docs/pages.md shows each in use.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.context import Context
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.menu import address
from registry.rules import masking

register = template.Library()

PERSONAL_MASKS = {
    "citizen": masking.mask_citizen_id,
    "disability": masking.mask_disability_number,
    "phone": masking.mask_phone,
}
# Chosen by cookie, so they need not travel from page to page in the address.
PREFERENCES = ("lang", "text")


@register.simple_tag
def masked_name(name: str) -> SafeString:
    """张*: seen with its star, heard as 张某 (screen readers skip the star or say 星号)."""
    return _seen_and_heard(masking.mask_name(name), masking.spoken_mask_name(name))


@register.simple_tag
def masked_id(text: str, kind: str = "citizen") -> SafeString:
    """A masked citizen ID, 残疾人证 number ("disability") or phone number ("phone"), heard by its last four.

    Masking what is already masked changes nothing, so both clear and masked text may come in.
    """
    if not text:
        return format_html("{}", _("未登记"))
    masked = PERSONAL_MASKS[kind](text)
    tail = masked.rstrip("*")[-4:]
    if kind == "disability" or "*" in tail or not tail:
        return _seen_and_heard(masked, _("已隐藏"))
    return _seen_and_heard(masked, _("尾号 %(digits)s") % {"digits": " ".join(tail)})


@register.filter
def spoken_digits(text: Any) -> SafeString:
    """A number seen as it is and heard sign by sign: no screen reader says "six trillion"."""
    signs = [sign for sign in str(text) if sign.isalnum()]
    return _seen_and_heard(str(text), " ".join(signs))


def _seen_and_heard(seen: str, heard: str) -> SafeString:
    return format_html('<span aria-hidden="true">{}</span><span class="vh">{}</span>', seen, heard)


@register.filter
def grouped_digits(text: str) -> SafeString:
    """123456789012 seen as 1234 5678 9012 and heard digit by digit: for numbers that people note down and say."""
    groups = [text[start : start + 4] for start in range(0, len(text), 4)]
    return _seen_and_heard(" ".join(groups), "，".join(" ".join(group) for group in groups))


@register.simple_tag
def bar(part: float | Decimal, whole: float | Decimal = 1) -> SafeString:
    """A bar of part ÷ whole, for a table cell beside its figure in words; nobody need see it."""
    share = min(max(float(part) / float(whole), 0.0), 1.0) if whole else 0.0
    return format_html(
        '<svg class="bar" aria-hidden="true" focusable="false" width="100%" height="12">'
        '<rect class="bar-whole" width="100%" height="12"/>'
        '<rect class="bar-part" width="{}%" height="12"/></svg>',
        f"{share * 100:.1f}",
    )


@register.simple_tag
def tag(kind: str, text: str) -> SafeString:
    """A status in words. `kind`: good, warn, bad, info or plain; the colour only repeats the word."""
    return format_html('<strong class="tag tag-{}">{}</strong>', kind, text)


@register.simple_block_tag(end_name="endtable")
def table(content: str, id: str, caption: str, classes: str = "") -> SafeString:  # noqa: A002
    """A table with its caption inside a focusable region that scrolls sideways, so that no page has to."""
    return format_html(
        '<div class="table-scroll" role="region" tabindex="0" aria-labelledby="{0}-caption">'
        '<table id="{0}"{1}><caption id="{0}-caption">{2}</caption>{3}</table></div>',
        id,
        format_html(' class="{}"', classes) if classes else "",
        caption,
        content,
    )


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The present query string with changes: `{% query page=2 %}`; a value of None or "" removes the key."""
    request = context.get("request")
    kept = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name in PREFERENCES:
        kept.pop(name, None)
    for name, value in changes.items():
        if value in (None, ""):
            kept.pop(name, None)
        else:
            kept[name] = str(value)
    return f"?{kept.urlencode()}" if kept else "?"


@register.filter
def day(value: date | datetime | None) -> str:
    """2024年6月3日, in English 3 June 2024; "" for no date."""
    if not value:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return formats.date_format(value, "j F Y" if get_language() == "en" else "Y年n月j日", use_l10n=False)


@register.filter
def minute(value: datetime | None) -> str:
    """2024年6月3日 14:05, in China's time."""
    return f"{day(value)} {timezone.localtime(value):%H:%M}" if value else ""


@register.filter
def number(value: float | Decimal) -> str:
    """1,169: thousands are marked the same in every language of the site."""
    return f"{value:,}"


@register.filter
def percent(share: float | Decimal | None) -> str:
    """0.875 → 87.5%; "" where there is nothing to divide by."""
    return "" if share is None else f"{share * 100:.1f}%"


@register.simple_tag
def page_url(name: str, *args: str) -> str:
    """The URL of a page by name, or "" where this installation has no such page."""
    return address(name, *args)


@register.simple_tag(takes_context=True)
def error_prefix(context: Context) -> str:
    """What the title of a page begins with when something has to be corrected."""
    form = context.get("form")
    return _("错误：") if context.get("errors") or (isinstance(form, BaseForm) and form.errors) else ""


@register.inclusion_tag("registry/partials/error_summary.html")
def error_summary(*forms: BaseForm, errors: Any = ()) -> dict[str, Any]:
    """Every error of the forms, linked to its field, then `errors`: pairs of (id of an element, message)."""
    found: list[tuple[str, str]] = []
    for form in forms:
        if not isinstance(form, BaseForm):
            continue
        found += [("", str(message)) for message in form.non_field_errors()]
        for field in form:
            found += [("" if field.is_hidden else anchor(field), str(message)) for message in field.errors]
    found += [(str(target), str(message)) for target, message in errors or ()]
    return {"found": found}


def anchor(field: BoundField) -> str:
    """The id to jump to: the input, or the first choice of a group."""
    return field.id_for_label or f"{field.auto_id}_0"
