"""Every page and every API answer with figures, asked 30 times by officers of a province, a city and a county."""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from goals.models import Plan
from registry.api import api
from registry.models import Region
from tests.registry.factories import a_federation, an_account

RUNS, WARM = 30, 3
PATIENCE = 20_000
"""Milliseconds after which a slow address is asked no more: its median is then of fewer."""
FIGURE_APP = "goals"


@dataclass(frozen=True)
class Timed:
    """Milliseconds of one address for one role; `queries` of one answer."""

    role: str
    address: str
    queries: int
    database: float
    database_95: float
    page: float
    page_95: float
    bytes: int


class Clock:
    """Time spent in statements, from sending to the last row fetched."""

    def __init__(self) -> None:
        self.spent, self.queries = 0.0, 0
        self.slowest: tuple[float, str] = (0.0, "")

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            taken = time.perf_counter() - started
            self.spent, self.queries = self.spent + taken, self.queries + 1
            self.slowest = max(self.slowest, (taken, sql))


def measure(province: str, runs: int = RUNS) -> list[Timed]:
    """All pages for the three roles; what cannot be asked with GET, or needs what is not there, is told."""
    city = Region.objects.filter(parent__code=province).order_by("code")[0]
    county = city.children.order_by("code")[0]
    found: list[Timed] = []
    untold: dict[str, str] = {}
    for role, region in (("province", Region.objects.get(code=province)), ("city", city), ("county", county)):
        client = signed_in(region)
        for address in addresses(region, untold):
            timed = _timed(client, role, address, runs, untold)
            if timed:
                found.append(timed)
                print(line(timed), flush=True)
    for address, why in sorted(untold.items()):
        print(f"not timed: {address}: {why}")
    return found


def signed_in(region: Region) -> Client:
    """A client of a federation officer of the region."""
    account = an_account("federation_officer", a_federation(region), username=f"bench-{time.time_ns()}")
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    client.force_login(account)
    return client


def _timed(client: Client, role: str, address: str, runs: int, untold: dict[str, str]) -> Timed | None:
    taken: list[tuple[float, float, int]] = []
    for run in range(WARM + runs):
        if taken and sum(one[1] for one in taken) > PATIENCE:
            break
        clock = Clock()
        started = time.perf_counter()
        with connection.execute_wrapper(clock):
            answer = client.get(address)
            content = answer.getvalue() if answer.streaming else answer.content
        whole = time.perf_counter() - started
        if answer.status_code != 200:
            untold[address] = str(answer.status_code)
            return None
        if run >= WARM:
            taken.append((clock.spent * 1000, whole * 1000, clock.queries))
    database, page = sorted(one[0] for one in taken), sorted(one[1] for one in taken)
    at_95 = min(len(taken) - 1, round(0.95 * len(taken)))
    return Timed(
        role,
        address,
        taken[-1][2],
        statistics.median(database),
        database[at_95],
        statistics.median(page),
        page[at_95],
        len(content),
    )


def line(one: Timed) -> str:
    mark = "  <-- SLOW" if one.database > 50 or one.page > 200 else ""
    return (
        f"{one.role:<9} {one.address:<88} {one.queries:>3} queries {one.database:7.1f} ({one.database_95:.1f}) ms"
        f" page {one.page:7.1f} ({one.page_95:.1f}) ms {one.bytes / 1024:.0f} KB{mark}"
    )


def addresses(region: Region, untold: dict[str, str]) -> Iterator[str]:
    """Every address of goals' pages and API that GET may ask, filled in for the region; what is chosen by `?` as well."""
    known = [*_patterns(get_resolver(), ""), *_operations()]
    for pattern in sorted({one for one in known if one[1].startswith(f"{FIGURE_APP}.")}):
        route = pattern[0]
        found = list(_filled(route, region))
        if not found:
            untold[route] = "nothing to fill in"
        for address in found:
            yield address
            yield from (f"{address}?{asked}" for asked in _asked(route, region))


def _patterns(resolver: Any, prefix: str) -> Iterator[tuple[str, str]]:
    """(route, module of the view) of every page."""
    for one in resolver.url_patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one, route)
        elif isinstance(one, URLPattern):
            view = one.callback
            while hasattr(view, "__wrapped__"):
                view = view.__wrapped__
            yield route, view.__module__


def _operations() -> Iterator[tuple[str, str]]:
    """(route, module) of what the API answers to GET."""
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                if "GET" in operation.methods:
                    yield f"api/{prefix.strip('/')}{path}".replace("//", "/"), operation.view_func.__module__


def _filled(route: str, region: Region) -> Iterator[str]:
    """The route with its names filled in, for as many things as are worth asking."""
    import itertools
    import re

    names = re.findall(r"<(?:\w+:)?(\w+)>|\{(\w+)\}", route)
    names = [one or other for one, other in names]
    choices = [_values(name, route, region) for name in names]
    for values in itertools.product(*choices):
        address = route
        for name, value in zip(names, values, strict=True):
            address = re.sub(rf"<(?:\w+:)?{name}>|\{{{name}\}}", str(value), address)
        yield "/" + address


def _values(name: str, route: str, region: Region) -> list[Any]:
    if name in ("code", "region_code") and "targets/" not in route and "reports/new" not in route:
        return [region.code]
    if name == "key":
        return ["two_skill_coverage", "four_ones_coverage", "new_employment"]
    if name == "kind":
        return ["csv"]
    if name == "period":
        return ["2022-2024"]
    if name == "year":
        return [2024]
    if (name in ("public_id", "plan_id") and "plans/" in route) or name == "plan_id":
        return list(Plan.objects.values_list("public_id", flat=True)[:1])
    if name == "code" or name == "target_code":
        from goals.models import Target

        return list(Target.objects.order_by("code").values_list("code", flat=True)[:1])
    return _others(name, route)


def _others(name: str, route: str) -> list[Any]:
    """Rows of what other models the addresses name: the first there is."""
    from django.apps import apps

    words = {part.rstrip("s") for part in route.split("/") if part and "<" not in part and "{" not in part}
    for model in apps.get_app_config(FIGURE_APP).get_models():
        if model.__name__.lower() in words and any(field.name == "public_id" for field in model._meta.fields):
            return list(model._default_manager.values_list("public_id", flat=True)[:1])
    return {"name": ["below"]}.get(name, [])


def _asked(route: str, region: Region) -> list[str]:
    """What can be chosen by the query string where it makes another answer."""
    if route.endswith("indicators/<slug:key>/"):
        return ["by=base", "by=category", "by=disability", "by=hardship"]
    if route.endswith("people/") and "key" not in route:
        return [f"region={region.code}&skills={skills}" for skills in "012"]
    return []
