"""The menu offers what the actor may open, in groups, and says where one is."""

import pytest

from registry import menu
from registry.rules.access import ANONYMOUS, FEDERATION_ROLES, Actor, Grant, Role


def an_actor(role):
    grant = Grant(role, region_path="62/") if role in FEDERATION_ROLES else Grant(role, base_id=1)
    return Actor(account_id=1, name="", grants=(grant,))


def areas(actor, path="/"):
    return {str(area["label"]): area for group in menu.menu(actor, path) for area in group["areas"]}


@pytest.mark.parametrize("role", Role)
def test_it_offers_what_the_role_may_open_and_nothing_else(role):
    actor = an_actor(role)
    offered = areas(actor)
    for _label, listed in menu.GROUPS:
        for area in listed:
            may = not area.permissions or any(actor.may_somewhere(one) for one in area.permissions)
            assert (str(area.label) in offered) == (may and bool(menu.address(area.page)))


def test_the_public_is_offered_the_public_pages_only():
    assert areas(ANONYMOUS).keys() == {
        str(area.label) for area in menu.PUBLIC_AREAS if menu.address(area.page)
    }


def test_no_group_is_empty_and_each_leads_to_its_first_area():
    for group in menu.menu(an_actor(Role.TRAINER), "/"):
        assert group["areas"]
        assert group["url"] == group["areas"][0]["url"]


def test_every_area_has_a_page():
    assert all(menu.address(area.page) for _label, listed in menu.GROUPS for area in listed)


def test_it_says_where_one_is():
    actor, people = an_actor(Role.FEDERATION_OFFICER), menu.address("registry:people")
    assert areas(actor, people)["学员"]["current"] == "page"
    assert areas(actor, people + "new/")["学员"]["current"] == "true"
    assert [group["label"] for group in menu.menu(actor, people + "new/") if group["current"]] == ["学员"]
    groups = menu.menu(actor, menu.address("certificates:templates"))
    assert [group["current"] for group in groups if group["current"]] == ["true"]
    assert areas(actor, "/nowhere/")["首页"]["current"] == ""
