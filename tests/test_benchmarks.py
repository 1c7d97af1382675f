"""The benchmarks against peers still do what they say; how fast is not for a test to assert."""

import gc
from collections.abc import Iterator

import pytest
from django.db import connection

from benchmarks import issue, province, province_checks
from benchmarks.province_lives import number, portion
from benchmarks.province_load import Bulk
from benchmarks.province_world import Course, World
from goals.queries.tallies import terms_on
from tests.conftest import TODAY
from tests.courses.factories import a_cohort, a_course
from tests.goals.factories import a_period
from tests.registry.factories import a_base


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(issue, "SECONDS", 0.01)
    yield
    gc.unfreeze()


def test_we_and_every_peer_sign_and_read_the_same_certificate() -> None:
    # Each refuses its own signature with a byte changed, or its script fails.
    ours, theirs = issue.ours(), issue.peers()

    assert {row["who"].rpartition(" ")[0] for row in theirs} >= {
        "openbadgeslib",
        "cwt",
        "@digitalcredentials/vc",
        "@auth0/cose",
    }
    assert all(row["sign"] > 0 and row["verify"] > 0 for row in theirs)
    assert all(row["sign"] > 0 for row in ours)


def test_the_table_has_a_ratio_for_each_peer() -> None:
    rows = [
        {"who": "TwoSkills", "form": "QR", "bytes": 115, "sign": 100.0, "verify": 50.0},
        {"who": "peer 1", "form": "JWT", "bytes": 3_000, "sign": 40.0, "verify": 100.0},
        {"who": "TwoSkills", "form": "JWT", "bytes": 3_000, "sign": 100.0, "verify": 0.0},
    ]

    table = issue.signing_table(rows)

    assert "| peer 1 | JWT | 3,000 | 40 | 2.5 | 100 | 0.5 |" in table
    assert "| TwoSkills | JWT | 3,000 | 100 | 1.0 | – |  |" in table


@pytest.mark.django_db
def test_a_small_province_is_filled_so_that_plain_sql_and_a_recount_agree(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("there it loads without keys, which is nothing to do in a test's transaction")
    monkeypatch.setattr(province_checks, "SAMPLE", 40)
    period = a_period()
    base = a_base("620502")
    cohorts = [
        Course(row.pk, base.pk, row.course.skill_id, row.course.skill.category.code, number(row.starts_on),
               number(row.ends_on))
        for row in (a_cohort(base, course=a_course(base, skill=skill)) for skill in ("livestreaming", "embroidery"))
    ]  # fmt: skip
    skills = [(one.skill, one.category) for one in cohorts]
    world = World([base.region_id], [1.0], {base.region_id: cohorts}, skills, terms_on(TODAY), TODAY)
    lives, sums = portion(world, 1, 81, province.SEED), province.no_sums()
    bulk = Bulk(TODAY)
    bulk.load_lives(lives.rows)
    bulk.load_tallies(province.tallies(lives.facts, [period], world, sums))
    province.carry_up([sums], 1)

    province_checks.check("000000/620000/", on=TODAY)
