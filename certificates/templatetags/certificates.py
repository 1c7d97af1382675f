"""Template filters of `certificates`."""

from django import template

from certificates.proof import codes

register = template.Library()


@register.filter
def grouped_number(number: str) -> str:
    """A certificate number in groups of four, as printed."""
    return codes.format_number(number or "")
