"""Every change of status reaches the list, whoever else writes, folds or reads at the same moment."""

import importlib
import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from certificates import tasks
from certificates.actions import certificates, corrections, effects, keys, status_lists
from certificates.actions.status_lists import LISTED
from certificates.models import Certificate, StatusChange, StatusList
from certificates.models.certificates import CertificateStatus
from certificates.proof import status_token
from certificates.proof.status import Status, locate
from certificates.proof.trust import TrustBundle
from certificates.queries.status_lists import Form, signed_list, statuses
from certificates.queries.trust import signed_bundle
from registry.rules.access import SYSTEM
from tests.certificates.actions.test_concurrency import in_threads
from tests.certificates.change_factories import ask_all
from tests.certificates.factories import (
    AT,
    ISSUED_ON,
    a_cohort_to_certify,
    an_issued_certificate,
    issued_cohort,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 7, 1, 2, 30, tzinfo=UTC)


def listed(certificate: Certificate) -> Status:
    """What the list says of a certificate."""
    number, place = locate(certificate.status_index)
    return statuses(number).get(place)


def published(certificate: Certificate, form: Form = Form.JWT, at: datetime | None = None) -> Status:
    """What the signed list says of it to a verifier who holds the trust bundle."""
    at = at or timezone.now()
    number, _place = locate(certificate.status_index)
    bundle = TrustBundle.from_json(signed_bundle(at))
    body = signed_list(number, form, at=at)
    assert body
    uri = bundle.status_uri(certificate.status_index)
    return status_token.read(body, bundle, uri=uri, at=at).status(certificate.status_index)


def change(certificate: Certificate, verb: Any, **values: Any) -> None:
    verb(by=SYSTEM, on=ISSUED_ON, certificate=certificate, **values)


def issued(people: int) -> list[Certificate]:
    """Certificates of one class, in the order of their people."""
    cohort = a_cohort_to_certify(people)
    certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort)
    return list(Certificate.objects.order_by("pk"))


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("folds", [False, True])
def test_every_move_is_in_the_published_list_at_once(form: Form, folds: bool) -> None:
    certificate = an_issued_certificate()
    moves: list[tuple[Any, dict[str, str], Status]] = [
        (certificates.suspend, {"reason_class": "under_review"}, Status.SUSPENDED),
        (certificates.reinstate, {}, Status.VALID),
        (certificates.suspend, {"reason_class": "holder_request"}, Status.SUSPENDED),
        (certificates.withdraw, {"reason_class": "fraud"}, Status.INVALID),
    ]
    assert published(certificate, form) is Status.VALID
    for verb, values, expected in moves:
        change(certificate, verb, **values)
        if folds:
            assert status_lists.fold() == 1
        assert published(certificate, form) is expected
        assert listed(certificate) is expected


def test_a_corrected_certificate_is_listed_as_replaced_and_the_new_one_is_valid() -> None:
    old = an_issued_certificate()
    corrections.correct(by=SYSTEM, at=AT, certificate=old, typed={"hours": "50"})

    assert published(old) is Status.REPLACED
    assert published(Certificate.objects.get(replaces=old)) is Status.VALID


def test_a_change_of_a_whole_class_is_in_the_list() -> None:
    cohort, held = issued_cohort(5)
    change = ask_all(SYSTEM, cohort, held[1:], "withdraw", "fraud")
    while effects.go_on(change, at=AT):
        continue

    assert [published(one) for one in held] == [Status.VALID] + [Status.INVALID] * 4


def test_every_status_that_a_certificate_can_have_is_listed() -> None:
    assert set(LISTED) == set(CertificateStatus)
    assert len({LISTED[status] for status in CertificateStatus if status != "draft"}) == 4


def test_only_the_certificate_that_changed_is_marked() -> None:
    held = issued(8)
    change(held[3], certificates.withdraw, reason_class="fraud")

    assert [listed(one) for one in held] == [Status.VALID] * 3 + [Status.INVALID] + [Status.VALID] * 4
    packed = statuses(0).packed()
    assert sum(byte != 0 for byte in packed) == 1


def test_a_change_that_was_taken_back_was_never_in_the_list() -> None:
    certificate = an_issued_certificate()
    with transaction.atomic():
        change(certificate, certificates.withdraw, reason_class="fraud")
        assert listed(certificate) is Status.INVALID
        transaction.set_rollback(True)

    assert listed(certificate) is Status.VALID


def test_a_thousand_changes_take_one_insert(django_assert_num_queries: Any) -> None:
    rows = [Certificate(status_index=index * 1_000, status="withdrawn") for index in range(1_000)]
    # SQLite takes fewer values in one statement.
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 5):
        status_lists.record(rows)

    assert all(listed(row) is Status.INVALID for row in rows[::100])


def test_many_changes_fold_themselves(django_capture_on_commit_callbacks: Any) -> None:
    rows = [Certificate(status_index=index, status="suspended") for index in range(600)]
    with django_capture_on_commit_callbacks(execute=True):
        status_lists.record(rows)

    assert not StatusChange.objects.exists()
    assert listed(rows[599]) is Status.SUSPENDED


def test_folding_changes_nothing_that_is_read_and_costs_the_lists_that_changed(
    django_assert_num_queries: Any,
) -> None:
    chance = random.Random(3)
    rows = [
        Certificate(status_index=chance.randrange(3 * 2**20), status=chance.choice(CertificateStatus.values))
        for _ in range(500)
    ]
    status_lists.record(rows)
    before = [statuses(number).packed() for number in range(3)]
    # One for the lists that wait; for each its row, a lock, the changes, the write, the removal, and a savepoint.
    with django_assert_num_queries(1 + 3 * 7):
        assert status_lists.fold() == 500

    assert [statuses(number).packed() for number in range(3)] == before
    assert status_lists.fold() == 0
    assert list(StatusList.objects.values_list("number", "version")) == [(0, 1), (1, 1), (2, 1)]


def test_what_was_changed_before_there_were_lists_is_taken_over_by_the_migration() -> None:
    held = issued(3)
    Certificate.objects.filter(pk=held[0].pk).update(status="suspended")
    Certificate.objects.filter(pk=held[2].pk).update(status="withdrawn")
    migration = importlib.import_module("certificates.migrations.0007_status_lists")

    migration.append_what_changed_before(apps, None)

    assert [listed(one) for one in held] == [Status.SUSPENDED, Status.VALID, Status.INVALID]


class TestPublishing:
    def files(self, folder: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    def test_writes_the_lists_that_changed_and_no_others(
        self, tmp_path: Path, django_assert_num_queries: Any
    ) -> None:
        certificate = an_issued_certificate()
        assert status_lists.publish(at=NOW, to=tmp_path) == [0]
        first = self.files(tmp_path)
        assert sorted(first) == ["0", "0.cwt", "0.jwt", "published.json"]
        # What waits to be folded, the key, how many lists there are, and their state in two: none of it grows.
        with django_assert_num_queries(5):
            assert status_lists.publish(at=NOW + timedelta(minutes=5), to=tmp_path) == []
        assert self.files(tmp_path) == first

        change(certificate, certificates.withdraw, reason_class="fraud")
        assert status_lists.publish(at=NOW + timedelta(minutes=6), to=tmp_path) == [0]
        token = self.read(tmp_path / "0.jwt", certificate)
        assert token.status(certificate.status_index) is Status.INVALID
        assert (tmp_path / "0").read_bytes() == (tmp_path / "0.jwt").read_bytes()
        assert not StatusChange.objects.exists()

    def read(self, path: Path, certificate: Certificate) -> status_token.StatusToken:
        at = timezone.now()
        bundle = TrustBundle.from_json(signed_bundle(at))
        uri = bundle.status_uri(certificate.status_index)
        return status_token.read(path.read_bytes(), bundle, uri=uri, at=at)

    def test_signs_again_on_a_new_day_and_with_a_new_key(self, tmp_path: Path) -> None:
        certificate = an_issued_certificate()
        status_lists.publish(at=NOW, to=tmp_path)
        assert status_lists.publish(at=NOW + timedelta(days=1), to=tmp_path) == [0]
        token = self.read(tmp_path / "0.cwt", certificate)
        assert token.issued_at == datetime(2024, 7, 1, 16, tzinfo=UTC)
        assert token.expires_at - token.issued_at == timedelta(days=2)

        keys.rotate(by=SYSTEM, on=ISSUED_ON, owner=None, purpose=keys.KeyPurpose.SERVICE)
        assert status_lists.publish(at=NOW + timedelta(days=1), to=tmp_path) == [0]
        assert self.read(tmp_path / "0.cwt", certificate).kid != token.kid

    def test_a_reader_never_meets_half_a_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        certificate = an_issued_certificate()
        status_lists.publish(at=NOW, to=tmp_path)
        before = self.files(tmp_path)
        change(certificate, certificates.withdraw, reason_class="fraud")

        def full(*_arguments: Any) -> None:
            raise OSError("No space left on device")

        with monkeypatch.context() as broken:
            broken.setattr("os.replace", full)
            with pytest.raises(OSError, match="No space"):
                status_lists.publish(at=NOW, to=tmp_path)
        after = self.files(tmp_path)
        assert {name: after[name] for name in before} == before
        assert status_lists.publish(at=NOW, to=tmp_path) == [0]

    def test_the_beat_folds_and_writes_where_it_is_told_to(self, tmp_path: Path, settings: Any) -> None:
        certificate = an_issued_certificate()
        change(certificate, certificates.withdraw, reason_class="fraud")
        tasks.publish_status(at=NOW)
        assert not StatusChange.objects.exists()
        settings.STATUS_FOLDER = tmp_path
        tasks.publish_status(at=NOW)
        assert "0.jwt" in self.files(tmp_path)


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    def test_writers_who_meet_folders_lose_no_change(self) -> None:
        held = issued(24)
        chance = random.Random(7)

        def work(share: Iterable[Certificate]) -> None:
            for certificate in share:
                change(certificate, certificates.suspend, reason_class="under_review")
                if chance.random() < 0.5:
                    change(certificate, certificates.reinstate)
                else:
                    change(certificate, certificates.withdraw, reason_class="fraud")

        def fold(_share: Any) -> None:
            for _ in range(20):
                status_lists.fold()

        shares: list[Any] = [held[start::6] for start in range(6)]
        in_threads(lambda share: fold(share) if share is None else work(share), [*shares, None, None])

        held = list(Certificate.objects.order_by("pk"))
        expected = [LISTED[CertificateStatus(one.status)] for one in held]
        assert [listed(one) for one in held] == expected
        assert {Status.VALID, Status.INVALID} == set(expected)
        status_lists.fold()
        assert [listed(one) for one in held] == expected

    def test_readers_never_see_a_change_go_away_while_it_is_folded(self) -> None:
        certificate = an_issued_certificate()
        change(certificate, certificates.withdraw, reason_class="fraud")
        number, place = locate(certificate.status_index)

        def read(_one: Any) -> list[Status]:
            return [statuses(number).get(place) for _ in range(30)]

        def fold(_one: Any) -> list[Status]:
            for index in range(30):
                status_lists.record(
                    [Certificate(status_index=(place + 1 + index) % 2**20, status="suspended")]
                )
                status_lists.fold()
            return []

        seen = in_threads(lambda job: job(None), [read, read, fold])
        assert {status for answers in seen for status in answers} == {Status.INVALID}
