"""The published files, read by libraries we did not write, from the change of a certificate to the decoded status."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from certificates.actions import certificates, corrections, status_lists
from certificates.models import Certificate
from certificates.proof.status import locate
from registry.rules.access import SYSTEM
from tests import interop
from tests.certificates.factories import AT, ISSUED_ON, issued_cohort

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).with_name("check_published.mjs")


@pytest.mark.parametrize("folds", [False, True])
def test_others_read_each_certificate_s_status_and_nobody_else_s(
    client: Client, folds: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2024, 7, 1, 2, 30, tzinfo=UTC))
    _cohort, held = issued_cohort(6)
    suspended, reinstated, withdrawn, replaced = held[1:5]
    for one in (suspended, reinstated):
        certificates.suspend(by=SYSTEM, on=ISSUED_ON, certificate=one, reason_class="under_review")
    certificates.reinstate(by=SYSTEM, on=ISSUED_ON, certificate=reinstated)
    certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=withdrawn, reason_class="fraud")
    corrections.correct(by=SYSTEM, at=AT, certificate=replaced, typed={"hours": "50"})
    if folds:
        status_lists.fold()
    everyone = [*held, Certificate.objects.get(replaces=replaced)]

    said = interop.node(
        SCRIPT,
        {
            "trust": client.get("/.well-known/twoskills-trust.json").content.decode(),
            "jwt": client.get("/status/0.jwt").content.decode(),
            "cwt": base64.b64encode(client.get("/status/0.cwt").content).decode(),
            "places": [locate(one.status_index)[1] for one in everyone],
        },
    )

    assert said["jwt"] == said["cwt"] == [0, 2, 0, 1, 3, 0, 0]
    assert said["marked"] == 3
    assert said["typ"] == "statuslist+jwt"
    assert said["uris"] == [f"{said['issuer']}/status/0"] * 2 == ["http://127.0.0.1:8000/status/0"] * 2
    first, second = said["times"]
    assert first == second
    assert (first[1] - first[0], first[2]) == (48 * 3600, 60)
