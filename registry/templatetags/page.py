"""Template tags that every page may use (a builtin library: no {% load %} needed)."""

from django import template

register = template.Library()
