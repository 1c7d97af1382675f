"""The first page of whoever answers for a region: what its figures say, and whom they ask to be trained."""

from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext_lazy

from goals.finding_words import sentence
from goals.queries import coverage, figures, reach
from goals.queries.people import ONE
from goals.queries.periods import chosen, periods
from registry.rules.access import Actor, Permission
from registry.rules.work import Finding, Waiting

ONE_SHORT = ngettext_lazy("%(n)s 人只差一门技能就达到双技目标", "%(n)s 人只差一门技能就达到双技目标", "count")


def findings(actor: Actor, *, on: date) -> list[Finding]:
    """The finding of the actor's region; whoever answers for several has a page of them."""
    tops = reach.tops(actor)
    period = chosen(periods(tops[0]), "", on=on) if len(tops) == 1 else None
    if period is None:
        return []
    found = coverage.of_region(tops[0], period, on=on)
    return [Finding(sentence(found.finding), reverse("goals:region", args=[tops[0].code]))]


def waiting(actor: Actor, *, on: date) -> list[Waiting]:
    """People one skill short, for who may refer them to a training; from the figures, so that nobody is counted."""
    tops = reach.tops(actor, Permission.PERSON_EDIT)
    period = chosen(periods(tops[0]), "", on=on) if tops else None
    if period is None:
        return []
    counts = figures.by_path(tops, period, and_below=False)
    short = sum(counts.get(region.path, {}).get("one", 0) for region in tops)
    place = f"region={tops[0].code}&" if len(tops) == 1 else ""
    url = f"{reverse('goals:people')}?{place}skills={ONE}"
    return [Waiting("people_one_skill_short", ONE_SHORT, short, None, url)] if short else []
