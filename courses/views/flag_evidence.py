"""The evidence of a flag in words: what was found, as one sentence, and the other cohorts it names."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.flag_words import CHECKS
from courses.models import Cohort, ReviewFlag
from registry.rules.access import Actor
from registry.templatetags.page import day

MOST_DAYS = 5


@dataclass(frozen=True)
class Told:
    """What a flag says, what can be innocent about it, and the named cohorts that the reader may open."""

    label: str
    found: str
    innocent: str
    cohorts: tuple[Cohort, ...] = ()


def told(flag: ReviewFlag, actor: Actor) -> Told:
    """The flag for this reader; one query where it names other cohorts."""
    codes = flag.evidence.get("cohorts", ())
    seen = tuple(Cohort.objects.visible_to(actor).filter(public_id__in=codes)) if codes else ()
    words = CHECKS.get(flag.check_name)
    if words is None:
        return Told(flag.check_name, "", "")
    values = {name: _value(name, value) for name, value in flag.evidence.items() if name != "cohorts"}
    values["cohorts"] = _cohorts(seen, len(codes) - len(seen))
    return Told(str(words.label), str(words.found) % values, str(words.innocent), seen)


def _value(name: str, value: Any) -> str:
    return READ[name](value) if name in READ else str(value)


def _cohorts(seen: Collection[Cohort], hidden: int) -> str:
    names = [cohort.name for cohort in seen]
    if hidden:
        names.append(
            ngettext("别的地区的 %(n)s 个培训班", "别的地区的 %(n)s 个培训班", hidden) % {"n": hidden}
        )
    return _("、").join(names)


def _day(value: str) -> str:
    return day(date.fromisoformat(value))


def _days(values: Collection[str]) -> str:
    shown = _("、").join(_day(value) for value in list(values)[:MOST_DAYS])
    if len(values) <= MOST_DAYS:
        return shown
    return _("%(days)s等 %(n)s 天") % {"days": shown, "n": len(values)}


def _whose(values: Collection[str]) -> str:
    names = {"base": _("培训基地"), "employer": _("用人单位")}
    return _("、").join(names.get(value, value) for value in values)


READ: Mapping[str, Callable[[Any], str]] = {
    "starts_on": _day,
    "issued_on": _day,
    "last_session": _day,
    "days": _days,
    "whose": _whose,
}
