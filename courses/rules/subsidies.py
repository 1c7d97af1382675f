"""Subsidies (补贴): what a scheme pays, what it asks, and the order of a claim's steps. Money is 元 with two decimals."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")

COST_ITEMS = {
    "training_fee": "tuition",
    "living": "living",
    "appraisal": "appraisal",
    "startup": "startup",
    "massage_shop_startup": "shop",
}
"""What a kind of subsidy pays for. One cost, person × cohort × item, is paid once (docs/domain.md §2.5)."""

PAID_TO_BASE = frozenset({"training_fee"})
"""The training fee goes to who taught; all else to the person (docs/domain.md §2.1 C38)."""

FOR_A_COHORT = frozenset({"training_fee", "living"})
"""These pay for one training; the others for a fact of the person's life."""


@dataclass(frozen=True)
class Terms:
    """What a scheme pays: a rate by head, day or hour, and the per cent of it in special cases.

    `basis` is "head", "day" or "hour" (课时); `shares` maps a case to per cent, such as {"blended": 70} for classes partly
    online or {"employed": 100, "unemployed": 60} by the result (docs/domain.md §5.4); `cap` limits one person's sum.
    """

    basis: str
    rate: Decimal
    cap: Decimal | None = None
    shares: Mapping[str, int] | None = None

    def amount(self, *, days: int, hours: int, cases: Collection[str]) -> Decimal:
        """元 for one person, rounded half up to the fen; the shares of all cases that apply multiply."""
        times = {"head": 1, "day": days, "hour": hours}[self.basis]
        sum_ = self.rate * times
        for case, percent in (self.shares or {}).items():
            if case in cases:
                sum_ = sum_ * percent / 100
        if self.cap is not None:
            sum_ = min(sum_, self.cap)
        return sum_.quantize(CENT, rounding=ROUND_HALF_UP)


CONDITIONS = {
    "completed": bool,
    "attendance_at_least": int,
    "certificate_families": list,
    "first_certificate": bool,
    "months_in_business": int,
    "first_business": bool,
    "once_in_life": bool,
    "same_kind_a_year": int,
    "all_kinds_a_year": int,
}
"""What a scheme may ask, and the type of what it says. Which of them it asks is data of the scheme (C45, C46).

`certificate_families`: families of which one in force is needed; a certificate of completion (培训合格证) is "completion",
which a scheme for appraisal must not list (C40). `months_in_business` are since the registration
of the business (C41). `same_kind_a_year` and `all_kinds_a_year` count claims of a calendar year (docs/domain.md §5.4).
"""


@dataclass(frozen=True)
class Facts:
    """What is known of one person when a scheme judges them."""

    on: date
    completed: bool = False
    attendance_percent: int = 0
    families: frozenset[str] = frozenset()
    has_earlier_certificate: bool = False
    business_since: date | None = None
    has_earlier_business: bool = False
    paid_of_kind: int = 0
    paid_of_kind_this_year: int = 0
    paid_this_year: int = 0


@dataclass(frozen=True)
class Finding:
    """One condition of the scheme: met or not, what it asks and what is so."""

    condition: str
    met: bool
    asked: Any
    found: Any


def months_between(start: date, end: date) -> int:
    """Whole months from a day to another: from 31 January to 28 February none, to 1 March one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def judge(conditions: Mapping[str, Any], facts: Facts) -> list[Finding]:
    """Every condition that the scheme asks, met or not, in the order of CONDITIONS. Raises KeyError for an unknown one."""
    in_business = months_between(facts.business_since, facts.on) if facts.business_since else 0
    found: dict[str, tuple[Any, bool]] = {}
    for condition, asked in conditions.items():
        found[condition] = {
            "completed": lambda asked: (facts.completed, facts.completed or not asked),
            "attendance_at_least": lambda asked: (
                facts.attendance_percent,
                facts.attendance_percent >= asked,
            ),
            "certificate_families": lambda asked: (sorted(facts.families), bool(facts.families & set(asked))),
            "first_certificate": lambda asked: (
                not facts.has_earlier_certificate,
                not (asked and facts.has_earlier_certificate),
            ),
            "months_in_business": lambda asked: (in_business, in_business >= asked),
            "first_business": lambda asked: (
                not facts.has_earlier_business,
                not (asked and facts.has_earlier_business),
            ),
            "once_in_life": lambda asked: (facts.paid_of_kind, not (asked and facts.paid_of_kind)),
            "same_kind_a_year": lambda asked: (
                facts.paid_of_kind_this_year,
                facts.paid_of_kind_this_year < asked,
            ),
            "all_kinds_a_year": lambda asked: (facts.paid_this_year, facts.paid_this_year < asked),
        }[condition](asked)
    return [
        Finding(condition, found[condition][1], conditions[condition], found[condition][0])
        for condition in CONDITIONS
        if condition in found
    ]


@dataclass(frozen=True)
class Step:
    """One step of a claim: from which states, to which, by which permission, and whether it needs a reason."""

    sources: frozenset[str]
    to: str
    permission: str
    needs_reason: bool = False


STEPS = {
    "claim": Step(frozenset({"draft", "returned"}), "claimed", "subsidy:claim"),
    "check": Step(frozenset({"claimed"}), "checked", "subsidy:check"),
    "return": Step(frozenset({"claimed", "checked"}), "returned", "subsidy:check", needs_reason=True),
    "approve": Step(frozenset({"checked"}), "approved", "subsidy:approve"),
    "refuse": Step(frozenset({"claimed", "checked"}), "refused", "subsidy:approve", needs_reason=True),
    "pay": Step(frozenset({"approved"}), "paid", "subsidy:pay"),
    "stop": Step(frozenset({"approved"}), "stopped", "subsidy:approve", needs_reason=True),
    "recover": Step(frozenset({"paid"}), "recovered", "subsidy:pay", needs_reason=True),
}
"""claim → check → approve → (public notice) → pay; nobody takes two of a claim's steps (docs/domain.md §5.3, GB/T 22239).

Public notice is no state of the claim: whether it has passed is asked of the notices when the claim is paid.
"""

HOLDING = frozenset({"claimed", "checked", "approved", "paid"})
"""A cost in one of these is charged: no other claim may charge it."""
