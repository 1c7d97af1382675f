"""`manage.py import_roster`: checks by default, enrols with --write."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from courses.models import Cohort, RosterImport
from registry.models import Account
from tests.courses.factories import a_cohort
from tests.courses.workbooks import messy
from tests.registry.factories import a_base, an_account

pytestmark = pytest.mark.django_db

RIGHT_ID = messy.citizen_id(order=2)
WRONG_ID = RIGHT_ID[:17] + ("0" if RIGHT_ID[17] != "0" else "1")


@pytest.fixture
def cohort() -> Cohort:
    return a_cohort(state="enrolling")


@pytest.fixture
def account(cohort: Cohort) -> Account:
    return an_account("base_manager", cohort.base)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [messy.person(1), messy.person(2, 身份证号=WRONG_ID, 残疾人证号="")]
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(messy.messy_roster(rows))
    return path


def run(account: Account, cohort: Cohort, file: Path, *options: str) -> str:
    out = io.StringIO()
    asked = ["--as", account.username, "--cohort", cohort.public_id, str(file), *options]
    call_command("import_roster", *asked, stdout=out)
    return out.getvalue()


def test_without_write_it_tells_every_problem_masked_and_keeps_nothing(account, cohort, file):
    said = run(account, cohort, file)
    assert "error “花名册”第 4 行" in said
    assert "身份证号 最后一位校验不符" in said
    assert "ready: 1, bad: 1" in said
    assert "Nothing was kept" in said
    for secret in (WRONG_ID, RIGHT_ID, str(messy.person(1)["姓名"]), str(messy.person(2)["姓名"])):
        assert secret not in said
    assert not RosterImport.objects.exists()


def test_with_write_it_enrols_the_good_rows_and_keeps_the_bad_ones(account, cohort, file):
    said = run(account, cohort, file, "--write")
    assert "loaded: 1" in said
    assert cohort.enrolments.count() == 1
    assert cohort.roster_imports.get().rows.filter(state="bad").count() == 1
    assert "loaded_now: 0" in run(account, cohort, file, "--write")


def test_the_account_s_own_reach_counts(cohort, file):
    with pytest.raises(CommandError, match="没有找到"):
        run(an_account("base_manager", a_base()), cohort, file)
    with pytest.raises(CommandError, match="没有办理这件事的权限"):
        run(an_account("trainer", cohort.base), cohort, file, "--write")


def test_a_file_that_cannot_be_used_is_refused_in_words(account, cohort, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"")
    with pytest.raises(CommandError, match="文件是空的"):
        run(account, cohort, path)
    with pytest.raises(CommandError, match="The file cannot be read"):
        run(account, cohort, tmp_path / "none.xlsx")
