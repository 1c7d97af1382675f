"""A thing that goes on step by step: which steps are open to whom, and the form and sentence of each."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms import Form
from registry.models import BaseEvent
from registry.rules.access import Actor, Permission


class NoAnswer(Form):
    """A step that asks nothing."""


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("理由"),
        max_length=1_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("基地会看到。写事由，不写个人信息。"),
    )


class PointsForm(Form):
    """Points for each criterion, then the words of the subclass."""

    def __init__(
        self, criteria: Sequence[dict[str, Any]], given: Sequence[int], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asked: dict[str, forms.Field] = {
            f"points_{number}": forms.IntegerField(
                label=_("%(name)s（满分 %(most)s）") % {"name": one["name"], "most": one["most"]},
                min_value=0,
                max_value=one["most"],
                initial=given[number] if number < len(given) else None,
                widget=forms.TextInput({"inputmode": "numeric", "class": "width-4"}),
            )
            for number, one in enumerate(criteria)
        }
        self.fields = asked | self.fields

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        points = [answers.pop(name, None) for name in self.fields if name.startswith("points_")]
        return answers | {"points": points}


@dataclass(frozen=True)
class Step:
    """One step: what its button says, what it means, where it begins, who may do it, and what it asks and does.

    `of_base`: the permission is needed over the base, else over the federation. `not_after`: verbs of steps whose doer
    does not do this one.
    """

    label: Any
    sentence: Any
    states: Collection[str]
    permission: Permission
    run: Callable[..., Any]
    form: Callable[..., Form] = NoAnswer
    of_base: bool = False
    is_grave: bool = False
    not_after: Collection[str] = ()

    def may(self, actor: Actor, subject: Any) -> bool:
        """Whether the actor holds the permission that the step needs."""
        if self.of_base:
            base = subject.base
            return actor.may(self.permission, region_path=base.region.path, base_ids=[base.pk])
        return actor.may(self.permission, region_path=subject.federation.region.path)


def done_by(actor: Actor, events: Iterable[BaseEvent]) -> set[str]:
    """The verbs of what this account did so far."""
    return {one.verb for one in events if actor.account_id is not None and one.account_id == actor.account_id}


def scored(criteria: Sequence[dict[str, Any]], *columns: Sequence[int]) -> list[dict[str, Any]]:
    """Each criterion with its points in every column; None where nobody gave any."""
    return [
        one | {"given": [column[number] if number < len(column) else None for column in columns]}
        for number, one in enumerate(criteria)
    ]
