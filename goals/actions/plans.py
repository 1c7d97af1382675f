"""Loads the policy plans and their targets from the seed file. Idempotent: run at every start."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from goals.actions import periods
from goals.errors import RegionsNotLoaded
from goals.models import Plan, PlanPeriod, Target
from goals.models.plans import PlanState
from registry.actions import audit
from registry.models import Region
from registry.rules.access import SYSTEM, Actor

SEED = Path(__file__).resolve().parent.parent / "seeds" / "targets.json"
_YEARS = re.compile(r"(\d{4})[-—–](\d{4})年")


@dataclass(frozen=True)
class Loaded:
    """What a load did: targets created, targets or plans changed, targets in all."""

    created: int
    changed: int
    total: int


@transaction.atomic
def load(*, by: Actor = SYSTEM) -> Loaded:
    """Bring plans and targets to the state of `goals/seeds/targets.json`; a second run changes nothing.

    People are counted in a new period by the worker; the command `load_plans` does it at once. Raises RegionsNotLoaded.
    """
    rows: list[dict[str, Any]] = json.loads(SEED.read_text(encoding="utf-8"))
    codes = {row["region_code"] for row in rows}
    regions = {region.code: region for region in Region.objects.filter(code__in=codes)}
    if missing := codes - regions.keys():
        raise RegionsNotLoaded(regions="、".join(sorted(missing)))
    # A text that only repeats a target is no plan of its own.
    documents = {row["document"]: row for row in rows if "duplicate_of" not in row}
    found = _periods(documents)
    plans, changed_plans = _plans(documents, regions, found)
    targets, created, changed_targets = _targets(rows, plans)
    for plan in plans.values():
        touched = [code for code in created + changed_targets if targets[code].plan_id == plan.pk]
        if touched or plan in changed_plans:
            audit.record("plan.loaded", plan, by=by, region_path=plan.region.path, targets=touched)
    changed = len(changed_plans) + len(changed_targets)
    return Loaded(len(created), changed, len(rows))


def _periods(documents: Iterable[str]) -> dict[str, PlanPeriod]:
    """The period of each document: the years that its title names."""
    found = {}
    for document in documents:
        years = _YEARS.search(document)
        if years is None:
            raise ValueError(f"{document}: the title names no years")
        first, last = (int(year) for year in years.groups())
        found[document] = periods.ensure(first, last)
    return found


def _plans(
    documents: dict[str, dict[str, Any]], regions: dict[str, Region], periods: dict[str, PlanPeriod]
) -> tuple[dict[str, Plan], list[Plan]]:
    """The plan of each document, and those that are new or different."""
    standing = Plan.objects.exclude(state=PlanState.WITHDRAWN).select_related("region")
    held = {(plan.region_id, plan.title): plan for plan in standing}
    plans, changed = {}, []
    for document, row in documents.items():
        region = regions[row["region_code"]]
        plan = held.get((region.pk, document)) or Plan(region=region, title=document)
        wanted = {
            "period_id": periods[document].pk,
            "document_number": row["document_number"] or "",
            "number_in_document": row["document_number_in_seed"],
            "issued_on": row["issued"] and date.fromisoformat(row["issued"]),
            "is_seeded": True,
        }
        if _bring_to(plan, wanted):
            plan.save()
            changed.append(plan)
        plans[document] = plan
    return plans, changed


def _targets(
    rows: list[dict[str, Any]], plans: dict[str, Plan]
) -> tuple[dict[str, Target], list[str], list[str]]:
    """The targets by code, then the codes of new ones and of different ones."""
    targets = {target.code: target for target in Target.objects.all()}
    created: list[str] = []
    changed: list[str] = []
    originals = {row["id"]: row["document"] for row in rows}
    for row in sorted(rows, key=lambda row: "duplicate_of" in row):  # a repeated target comes first
        code, repeats = row["id"], row.get("duplicate_of")
        fresh = code not in targets
        target = targets.setdefault(code, Target(code=code))
        on_day = row["operator"] == "by"
        wanted = {
            "plan_id": plans[originals[repeats or code]].pk,
            "metric": row["metric"],
            "metric_name": row["metric_zh"],
            "period_kind": row["period"],
            "operator": row["operator"],
            "value": None if on_day or row["value"] is None else Decimal(str(row["value"])),
            "due": (row["value"] or "") if on_day else "",
            "unit": row["unit"],
            "per": row["per"],
            "scope": row["scope"],
            "first_year": row["years"]["from"],
            "last_year": row["years"]["to"],
            "quote": row["quote"],
            "quote_simplified": row.get("quote_simplified", ""),
            "note": row.get("note_zh", ""),
            "source": row["document"] if repeats else "",
            "repeats_id": targets[repeats].pk if repeats else None,
        }
        if _bring_to(target, wanted):
            target.save()
            (created if fresh else changed).append(code)
    return targets, created, changed


def _bring_to(row: Plan | Target, wanted: dict[str, Any]) -> bool:
    """Set what differs; whether anything did, or the row is new."""
    differs = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    for name, value in differs.items():
        setattr(row, name, value)
    return bool(differs) or row.pk is None
