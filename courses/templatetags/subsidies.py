"""Tags for subsidy claims."""

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString

from courses.models import SubsidyClaim
from courses.views.subsidy_words import KINDS
from registry.templatetags.page import masked_name, tag

register = template.Library()


@register.simple_tag
def claim_subject(claim: SubsidyClaim) -> str | SafeString:
    """What a claim is for: the cohort, or the person with the name masked."""
    if claim.person is not None:
        return masked_name(claim.person.name)
    return claim.cohort.name if claim.cohort else ""


@register.simple_tag
def claim_state(claim: SubsidyClaim) -> SafeString:
    """The state of a claim as a tag."""
    return tag(KINDS[claim.state], claim.get_state_display())


@register.filter
def money(value: Decimal | int | None) -> str:
    """1,500.00: a sum in 元, the same whichever database added it up."""
    return f"{value or 0:,.2f}"
