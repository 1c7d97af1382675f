"""Form fields for money and for whole numbers that are typed."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class MoneyField(forms.DecimalField):
    """元 with at most two decimals."""

    default_error_messages = {"invalid": _("请填写数字，例如 1500 或 1500.50。")}

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "class": "width-10", "autocomplete": "off"})
        given: dict[str, Any] = {"max_digits": 12, "decimal_places": 2, "min_value": Decimal("0.01")}
        super().__init__(**given | {"widget": widget} | options)


class CountField(forms.IntegerField):
    """A whole number between two others."""

    def __init__(self, *, least: int = 1, most: int = 1_000, **options: Any) -> None:
        widget = forms.TextInput({"inputmode": "numeric", "class": "width-4", "autocomplete": "off"})
        super().__init__(min_value=least, max_value=most, widget=widget, **options)
