"""The officer puts a cohort's certificates on notice; the base waits."""

import pytest
from django.test import Client
from django.urls import reverse

from registry.models import PublicNotice
from tests.certificates.factories import a_cohort_to_certify
from tests.registry.factories import a_federation, a_person, an_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return a_cohort_to_certify([a_person(1, name="欧阳修文"), a_person(2, name="王芳")])


@pytest.fixture
def officer():
    client = Client()
    client.force_login(an_account("federation_officer", a_federation("620502")))
    return client


def address(cohort, name="publish-cohort"):
    return reverse(f"certificates:{name}", args=[cohort.public_id])


def as_offered(page):
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields}


def test_it_is_checked_and_published_with_what_the_page_offers(officer, cohort):
    page = officer.get(address(cohort))
    text = page.content.decode()
    assert "欧阳**" in text
    assert "修文" not in text
    answer = officer.post(address(cohort), as_offered(page))
    notice = PublicNotice.objects.get()
    assert answer.headers["Location"] == reverse("registry:notice-record", args=[notice.public_id])
    assert [item.name for item in notice.items.all()] == ["欧阳**", "王*"]
    outside = Client().get(reverse("registry:notice", args=[notice.public_id])).content.decode()
    assert "欧阳**" in outside
    assert "修文" not in outside


def test_a_list_that_changed_meanwhile_is_shown_once_more(officer, cohort):
    sent = as_offered(officer.get(address(cohort)))
    cohort.enrolments.filter(person__name="x")
    first = cohort.enrolments.order_by("pk").first()
    cohort.enrolments.filter(pk=first.pk).update(outcome="failed", outcome_rule="mark_short")
    again = officer.post(address(cohort), sent)
    assert again.status_code == 422
    assert "名单刚刚有变化" in again.content.decode()
    assert not PublicNotice.objects.exists()
    assert officer.post(address(cohort), as_offered(again)).status_code == 302
    assert PublicNotice.objects.get().items.count() == 1


def test_the_cohorts_page_says_who_waits_and_offers_the_notice_to_who_publishes(officer, cohort):
    page = officer.get(address(cohort, "cohort")).content.decode()
    assert address(cohort) in page
    officer.post(address(cohort), as_offered(officer.get(address(cohort))))
    clerk = Client()
    clerk.force_login(an_account("base_manager", cohort.base))
    page = clerk.get(address(cohort, "cohort")).content.decode()
    assert "这名学员正在公示" in page
    assert address(cohort) not in page
    assert clerk.get(address(cohort)).status_code == 403
