"""Subsidies (补贴): what a scheme pays, what it asks of a person, and the order of a claim's steps. Money is 元."""

from collections.abc import Callable, Collection, Mapping
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

FOR_A_BUSINESS = frozenset({"startup", "massage_shop_startup"})

CASES = ("blended", "online", "unemployed")
"""In which a scheme may pay a share: by how it was taught, and where the trainee found no work (docs/domain.md §5.4)."""


@dataclass(frozen=True)
class Terms:
    """What a scheme pays: a rate by head, day or hour (课时), the per cent of it in special cases, and a limit.

    `shares` maps a case of CASES to per cent: {"blended": 70}; `cap` limits one person's sum.
    """

    basis: str
    rate: Decimal
    cap: Decimal | None = None
    shares: Mapping[str, int] | None = None

    def amount(self, *, days: int, hours: int, cases: Collection[str]) -> Decimal:
        """元 for one person, rounded half up to the fen; the shares of all cases that apply multiply."""
        money = self.rate * {"head": 1, "day": days, "hour": hours}[self.basis]
        for case, percent in (self.shares or {}).items():
            if case in cases:
                money = money * percent / 100
        if self.cap is not None:
            money = min(money, self.cap)
        return money.quantize(CENT, rounding=ROUND_HALF_UP)


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

    @property
    def months_in_business(self) -> int:
        return months_between(self.business_since, self.on) if self.business_since else 0


@dataclass(frozen=True)
class Condition:
    """One thing that a scheme may ask: the type of what it says, what is so of a person, and whether that will do."""

    asks: type
    found: Callable[[Facts], Any]
    met: Callable[[Facts, Any], bool]


CONDITIONS: dict[str, Condition] = {
    "completed": Condition(bool, lambda facts: facts.completed, lambda facts, asked: facts.completed),
    "attendance_at_least": Condition(
        int, lambda facts: facts.attendance_percent, lambda facts, asked: facts.attendance_percent >= asked
    ),
    "certificate_families": Condition(
        list, lambda facts: sorted(facts.families), lambda facts, asked: bool(facts.families & set(asked))
    ),
    "first_certificate": Condition(
        bool,
        lambda facts: not facts.has_earlier_certificate,
        lambda facts, asked: not facts.has_earlier_certificate,
    ),
    "months_in_business": Condition(
        int, lambda facts: facts.months_in_business, lambda facts, asked: facts.months_in_business >= asked
    ),
    "first_business": Condition(
        bool,
        lambda facts: not facts.has_earlier_business,
        lambda facts, asked: not facts.has_earlier_business,
    ),
}
"""What a scheme may ask of a person. Which of it a scheme asks is its data (docs/domain.md §2.1 C45, C46).

`certificate_families`: one in force of these families is needed; our own 培训合格证 is "completion", which never
qualifies for the appraisal subsidy (C40). `months_in_business` count from the registration of the business (C41).
"""

LIMITS = {"once_in_life": bool, "same_kind_a_year": int, "all_kinds_a_year": int}
"""What a scheme may ask of what was claimed before, counted by rules/double_use.py (docs/domain.md §5.4)."""


@dataclass(frozen=True)
class Finding:
    """One condition of the scheme: met or not, what it asks and what is so."""

    condition: str
    met: bool
    asked: Any
    found: Any


def judge(conditions: Mapping[str, Any], facts: Facts) -> list[Finding]:
    """Every condition that the scheme asks of a person, met or not, in the order of CONDITIONS."""
    return [
        Finding(
            key, condition.met(facts, conditions[key]), asked=conditions[key], found=condition.found(facts)
        )
        for key, condition in CONDITIONS.items()
        if conditions.get(key)
    ]


def problems(kind: str, conditions: Mapping[str, Any]) -> dict[str, str]:
    """What cannot stand in the conditions of a scheme, as problem codes by condition."""
    known = {key: condition.asks for key, condition in CONDITIONS.items()} | LIMITS
    found = {key: "field_choice" for key in conditions if key not in known}
    for key, asked in conditions.items():
        # bool is an int in Python, and True months are none.
        if key in known and (type(asked) is not known[key] or (type(asked) is int and not 0 < asked <= 1000)):
            found[key] = "field_invalid"
    families = conditions.get("certificate_families")
    if kind == "appraisal" and not families:
        found["certificate_families"] = "scheme_families_missing"
    elif kind == "appraisal" and "completion" in (families or ()):
        found["certificate_families"] = "scheme_completion_listed"
    return found


def months_between(start: date, end: date) -> int:
    """Whole months from a day to another: from 31 January to 28 February none, to 1 March one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


@dataclass(frozen=True)
class Step:
    """One step of a claim: from which states, to which, by which permission, and whether it needs a reason."""

    sources: frozenset[str]
    to: str
    permission: str
    needs_reason: bool = False


STEPS = {
    "claim": Step(frozenset({"returned"}), "claimed", "subsidy:claim"),
    "withdraw": Step(frozenset({"claimed", "returned"}), "withdrawn", "subsidy:claim", needs_reason=True),
    "check": Step(frozenset({"claimed"}), "checked", "subsidy:check"),
    "return": Step(frozenset({"claimed"}), "returned", "subsidy:check", needs_reason=True),
    "approve": Step(frozenset({"checked"}), "approved", "subsidy:approve"),
    "send_back": Step(frozenset({"checked", "approved"}), "returned", "subsidy:approve", needs_reason=True),
    "refuse": Step(frozenset({"checked", "approved"}), "refused", "subsidy:approve", needs_reason=True),
    "pay": Step(frozenset({"approved"}), "paid", "subsidy:pay"),
    "recover": Step(frozenset({"paid"}), "recovered", "subsidy:pay", needs_reason=True),
}
"""claim → check → approve → (public notice) → pay. Whoever took a step takes none that needs another permission
(GB/T 22239-2019 §8.1.4).

Public notice is no state of the claim: whether it has passed is asked of the notices when the claim is paid.
"""

HOLDING = frozenset({"claimed", "checked", "approved", "paid"})
"""A cost in one of these is charged: no other claim may charge it."""

CHECKED_FOR_DOUBLE_USE = frozenset({"approve", "pay"})
"""Steps at which what else was charged is looked up again, as it was when the claim was made (C43)."""
