"""Share links: who makes them, for how long, what is counted, what is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils.timezone import localdate, now

from certificates import tasks
from certificates.actions import certificates, shares
from certificates.errors import TooManyShares
from certificates.models import Share, ShareOpening
from certificates.queries.shares import share_of, shares_of
from certificates.rules.holders import HOLDER
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import ANONYMOUS, SYSTEM
from tests.certificates.factories import ISSUED_ON, an_issued_certificate
from tests.certificates.holder_factories import a_share
from tests.registry.factories import a_federation, a_person, an_actor
from tests.registry.test_robustness import at_once

pytestmark = pytest.mark.django_db


def test_a_share_is_found_by_its_link_and_shown_again_to_its_holder() -> None:
    held = an_issued_certificate()
    share = a_share(held.person, label="启明盲人按摩店", days=7)
    again = Share.objects.get()

    assert again.token == share.token
    assert share_of(share.token) == share
    assert again.label == "启明盲人按摩店"
    assert again.expires_on == localdate() + timedelta(days=7)
    assert not again.shows_full_name


def test_a_stolen_database_holds_neither_link_nor_label() -> None:
    share = a_share(an_issued_certificate().person, label="启明按摩店")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM certificates_share")
        stored = b"".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for value in cursor.fetchone()
        )
    trail = str(list(AuditEvent.objects.values_list("facts", "subject_id")))
    for secret in (share.token, "启明按摩店"):
        assert secret.encode() not in stored
        assert secret not in trail


def test_the_trail_tells_what_was_agreed_to() -> None:
    a_share(an_issued_certificate().person, days=90, shows_full_name=True)
    event = AuditEvent.objects.get(verb="share.made")
    assert (event.actor_id, event.actor_name) == (None, "holder")
    assert event.facts == {"certificates": 1, "days": 90, "full_name": True, "consent": shares.CONSENT_TEXT}


@pytest.mark.parametrize("days", [0, -1, 181])
def test_it_lasts_from_a_day_to_six_months(days: int) -> None:
    person = an_issued_certificate().person
    with pytest.raises(InvalidInput) as refused:
        a_share(person, days=days)
    assert refused.value.facts["fields"] == {"days": "share_days"}
    for good in (1, 180):
        assert a_share(person, days=good).is_open(localdate() + timedelta(days=good))
        assert not a_share(person, days=good).is_open(localdate() + timedelta(days=good + 1))


def test_only_certificates_of_ones_own_that_are_in_force_are_shared() -> None:
    mine, theirs = an_issued_certificate(), an_issued_certificate(a_person(2))
    ended = certificates.withdraw(
        by=SYSTEM,
        on=ISSUED_ON,
        certificate=an_issued_certificate(mine.person, skill="embroidery"),
        reason_class="fraud",
    )
    for wrong in ([theirs], [mine, theirs], [ended], []):
        with pytest.raises(InvalidInput) as refused:
            a_share(mine.person, certificates=wrong)
        assert set(refused.value.facts["fields"]) == {"certificates"}
    assert not Share.objects.exists()


@pytest.mark.parametrize("who", ["staff", "system", "anonymous"])
def test_nobody_but_the_holder_makes_or_ends_one(who: str) -> None:
    share = a_share(an_issued_certificate().person)
    by: Any = {
        "staff": an_actor("federation_officer", a_federation("620502")),
        "system": SYSTEM,
        "anonymous": ANONYMOUS,
    }[who]
    with pytest.raises(NotPermitted):
        a_share(share.person, by=by)
    with pytest.raises(NotPermitted):
        shares.end(by=by, on=localdate(), share=share)
    assert share.is_open(localdate())


def test_ending_it_twice_leaves_one_row_in_the_trail() -> None:
    share, on = a_share(an_issued_certificate().person), localdate()
    shares.end(by=HOLDER, on=on, share=share)
    ended = shares.end(by=HOLDER, on=on + timedelta(days=1), share=share)
    assert ended.ended_on == on
    assert AuditEvent.objects.filter(verb="share.ended").count() == 1


def test_twenty_are_open_at_most() -> None:
    person = an_issued_certificate().person
    made = [a_share(person) for _n in range(shares.MOST_OPEN)]
    with pytest.raises(TooManyShares):
        a_share(person)
    shares.end(by=HOLDER, on=localdate(), share=made[0])
    assert a_share(person).is_open(localdate())


def test_openings_are_counted_by_day() -> None:
    share, on = a_share(an_issued_certificate().person), localdate()
    for day in (on, on, on + timedelta(days=1)):
        shares.count_opening(share=share, on=day)
    assert [(opening.on, opening.times) for opening in share.openings.all()] == [
        (on + timedelta(days=1), 1),
        (on, 2),
    ]
    assert shares_of(share.person).get().opened == 3


@pytest.mark.django_db(transaction=True)
def test_no_opening_is_lost_when_many_look_at_once() -> None:
    share, on = a_share(an_issued_certificate().person), localdate()

    def look(n: int) -> None:
        for _time in range(5):
            shares.count_opening(share=share, on=on)

    assert at_once(6, look) == [None] * 6
    assert ShareOpening.objects.get().times == 30


def test_shares_that_long_show_nothing_are_forgotten_with_their_counts() -> None:
    person, on = an_issued_certificate().person, localdate()
    long_ago = on - timedelta(days=shares.KEPT_DAYS + 31)
    expired = a_share(person, on=long_ago, days=30)
    ended = shares.end(by=HOLDER, on=long_ago, share=a_share(person, on=long_ago, days=180))
    recent = a_share(person, on=on - timedelta(days=40), days=30)
    for share in (expired, ended, recent):
        shares.count_opening(share=share, on=on)
    tasks.forget_closed_shares(at=now())
    assert list(Share.objects.all()) == [recent]
    assert ShareOpening.objects.get().share == recent
