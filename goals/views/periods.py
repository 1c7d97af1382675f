"""The choice of a period, which every page with figures offers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goals.models import PlanPeriod
from registry.forms import Form


class PeriodForm(Form):
    """Chooses among the periods; pages with other filters extend it."""

    period = forms.ChoiceField(label=_("规划期"), required=False)

    def __init__(self, periods: Iterable[PlanPeriod], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(period.key, str(period)) for period in periods]  # type: ignore[attr-defined]
