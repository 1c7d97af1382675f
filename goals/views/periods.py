"""What every page with figures is asked for: a region in reach, and one of the periods."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goals.models import PlanPeriod
from goals.queries import reach
from goals.queries.periods import chosen, periods
from registry.forms import Form
from registry.models import Region
from registry.requests import ActorRequest, today
from registry.rules.access import Permission


class PeriodForm(Form):
    """Chooses among the periods; pages with other filters extend it."""

    period = forms.ChoiceField(label=_("规划期"), required=False)

    def __init__(self, periods: Iterable[PlanPeriod], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(period.key, str(period)) for period in periods]  # type: ignore[attr-defined]


def period_form(known: Iterable[PlanPeriod], period: PlanPeriod | None) -> PeriodForm:
    """The choice with what is shown chosen."""
    shown = {"period": period.key if period else ""}
    return PeriodForm(known, shown, initial=shown)


@dataclass(frozen=True)
class Asked:
    """A region of which the actor may read, and the period; None where no plan is loaded yet."""

    region: Region
    period: PlanPeriod | None
    known: list[PlanPeriod]
    request: ActorRequest

    def context(self) -> dict[str, Any]:
        """What the pages about a region have in common."""
        actor = self.request.actor
        return {
            "region": self.region,
            "above": reach.above(self.region, actor),
            "period": self.period,
            "periods": self.known,
            "form": period_form(self.known, self.period),
            "as_of": today(),
            "may_see_people": actor.may(Permission.PERSON_READ, region_path=self.region.path),
        }


def asked(request: ActorRequest, code: str, permission: Permission = Permission.FIGURES_READ) -> Asked:
    """Raises NotPermitted and NotFound as reach.region does."""
    region = reach.region(request.actor, code, permission)
    known = periods(region)
    return Asked(region, chosen(known, request.GET.get("period"), on=today()), known, request)
