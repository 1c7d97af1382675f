"""The regions of China as `load_regions` leaves them."""

from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from registry.actions import regions
from registry.models import AuditEvent, Region
from registry.queries import regions as queries
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[regions.Loaded]:
    """The whole tree, loaded once; what a test changes in it is undone after the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield regions.load()
        transaction.set_rollback(True)


def test_the_four_regions_of_the_documents_have_the_units_they_have(loaded: regions.Loaded) -> None:
    def units(code: str, level: str) -> int:
        inside = Region.objects.within(Region.objects.get(code=code).path).in_force(TODAY).statutory()
        return inside.exclude(code=code).filter(level=level).count()

    assert units("620500", "county") == 7
    assert (units("120000", "prefecture"), units("120000", "county")) == (0, 16)
    assert (units("360000", "prefecture"), units("360000", "county")) == (11, 100)
    assert units("211100", "county") == 4
    assert Region.objects.get(code="620571").parent == Region.objects.get(code="620500")
    assert queries.children("620500", on=TODAY).count() == 8


def test_every_region_hangs_in_one_tree(loaded: regions.Loaded) -> None:
    rows = {region.pk: region for region in Region.objects.all()}
    roots = [region for region in rows.values() if region.parent_id is None]
    assert [root.code for root in roots] == ["000000"]
    for region in rows.values():
        above = rows[region.parent_id].path if region.parent_id else ""
        assert region.path == f"{above}{region.code}/"
    assert len({region.path for region in rows.values()}) == loaded.total


def test_there_are_34_provinces_and_no_headings(loaded: regions.Loaded) -> None:
    assert Region.objects.filter(level="province").count() == 34
    assert not Region.objects.filter(name__in=["市辖区", "县", "市区"]).exists()


def test_a_second_load_changes_nothing(loaded: regions.Loaded) -> None:
    before, events = list(Region.objects.order_by("pk").values()), AuditEvent.objects.count()
    again = regions.load()
    assert (again.created, again.changed, again.total) == (0, 0, loaded.total)
    assert list(Region.objects.order_by("pk").values()) == before
    assert AuditEvent.objects.count() == events


def test_a_load_mends_a_region_that_was_tampered_with(loaded: regions.Loaded) -> None:
    Region.objects.filter(code="620502").update(name="秦城区")
    assert regions.load().changed == 1
    assert Region.objects.get(code="620502").name == "秦州区"


def test_retired_codes_lead_to_their_successors(loaded: regions.Loaded) -> None:
    for retired, successor in (("120225", "120119"), ("211121", "211104"), ("360622", "360603")):
        region = Region.objects.get(code=retired)
        assert region.successor is not None
        assert region.successor.code == successor
        assert not Region.objects.in_force(TODAY).filter(code=retired).exists()
        assert Region.objects.in_force(date(2010, 1, 1)).filter(code=retired).exists()


def test_loading_takes_few_queries(loaded: regions.Loaded, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        regions.load()


def test_the_command_says_what_it_did(loaded: regions.Loaded) -> None:
    out = StringIO()
    call_command("load_regions", stdout=out)
    assert out.getvalue() == f"regions: 0 created, 0 changed, {loaded.total} in all\n"
