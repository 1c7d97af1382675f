"""Many certificates at once in the page and the API: from a sheet, of a cohort, of a base."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certificates.actions import history
from certificates.models import Certificate, Change
from certificates.proof import codes
from certificates.queries import corrections as queries
from certificates.queries.changes import touched
from courses.models import Cohort
from courses.workbooks.writing import write_table
from tests.certificates.factories import (
    ISSUED_ON,
    a_policy,
    a_waiting_withdrawal,
    an_issued_certificate,
    an_issuing_base,
    issued_cohort,
)
from tests.registry.factories import a_federation, a_person, an_account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def issue_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: ISSUED_ON)


FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("0"), ord("z") + 1)}


def at_the_base(client: Client, cohort: Cohort) -> str:
    client.force_login(an_account("base_manager", cohort.base))
    return f"/courses/cohorts/{cohort.public_id}/certificates/correct"


def at_the_federation(client: Client) -> None:
    client.force_login(an_account("approver", a_federation("620500")))


def uploaded(cohort: Cohort, rows: list[list[Any]]) -> dict[str, Any]:
    labels = [queries.NUMBER.label, "姓名", "课时"]
    return {"file": SimpleUploadedFile("更正.xlsx", write_table(labels, rows))}


def statuses(held: list[Certificate]) -> list[str]:
    return list(
        Certificate.objects.filter(pk__in=[one.pk for one in held])
        .order_by("pk")
        .values_list("status", flat=True)
    )


class TestASheet:
    def test_comes_down_with_numbers_and_what_may_be_corrected(self, client: Client) -> None:
        cohort, held = issued_cohort(2)
        answer = client.get(at_the_base(client, cohort) + ".xlsx")
        read = queries.read_sheet(cohort, data=answer.content, file_name="a.xlsx")

        assert answer["Cache-Control"] == "no-store"
        assert read.typed[held[0].public_id]["holder_name"] == held[0].holder_name

    def test_is_previewed_then_good_rows_go_on_and_bad_ones_are_mended(self, client: Client) -> None:
        a_policy(undo_minutes=0)
        cohort, (first, second, third) = issued_cohort(3)
        url = at_the_base(client, cohort)
        rows = [
            [first.number, "欧阳更正", first.hours],
            [second.number, second.holder_name, "四十"],
            [third.number.lower().translate(FULL_WIDTH), third.holder_name, third.hours],
            ["6205", "外人", ""],
        ]
        page = client.post(url, uploaded(cohort, rows))
        html = page.content.decode()

        assert page.status_code == 422
        assert "<h1>1 张证书将更换，1 行需要改正</h1>" in html
        assert "1 行与证书一样，不会改动。" in html
        assert "第 5 行" in html
        assert "更正为“欧阳更正”" in html
        assert "课时：课时应是 1 到 9999 的整数" in html
        assert f"第 3 行 {codes.format_number(second.number)}" in html
        assert not Change.objects.exists()

        sent = {
            f"cell-{first.public_id}-holder_name": "欧阳更正",
            f"cell-{second.public_id}-hours": "四十",
        }
        left = client.post(url, sent | {"do": "confirm"}).content.decode()
        assert Certificate.objects.get(replaces=first).holder_name == "欧阳更正"
        assert "<h1>0 张证书将更换，1 行需要改正</h1>" in left
        assert "查看刚才办理的更正" in left

        client.post(url, {f"cell-{second.public_id}-hours": "40", "do": "confirm"})
        assert Certificate.objects.get(replaces=second).hours == 40
        assert statuses([first, second, third]) == ["replaced", "replaced", "issued"]

    def test_sent_twice_corrects_once(self, client: Client) -> None:
        a_policy(undo_minutes=0)
        cohort, (held,) = issued_cohort(1)
        url = at_the_base(client, cohort)
        for _time in range(2):
            client.post(url, {f"cell-{held.public_id}-hours": "40", "do": "confirm"})

        assert Certificate.objects.count() == 2

    def test_that_is_no_workbook_is_told_beside_the_field(self, client: Client) -> None:
        cohort, _held = issued_cohort(1)
        page = client.post(
            at_the_base(client, cohort), {"file": SimpleUploadedFile("a.xlsx", b"PK nonsense")}
        )

        assert page.status_code == 422
        assert 'href="#id_file"' in page.content.decode()

    def test_costs_the_same_for_few_and_for_many(self, client: Client) -> None:
        counts = []
        for people in (2, 12):
            cohort, held = issued_cohort(people)
            url = at_the_base(client, cohort)
            client.get(url)
            with CaptureQueriesContext(connection) as asked:
                client.post(url, uploaded(cohort, [[one.number, "甲某", 40] for one in held]))
            counts.append(len(asked))

        assert counts[0] == counts[1] <= 11


class TestACohortOrABase:
    def test_shows_masked_who_is_touched_and_who_would_fall_below_two_skills(self, client: Client) -> None:
        base = an_issuing_base()
        person = a_person(1, name="欧阳修文", base=base)
        an_issued_certificate(person, base=base)
        cohort, held = issued_cohort([person, a_person(2, base=base)], base=base, skill="embroidery")
        at_the_federation(client)
        url = f"/courses/cohorts/{cohort.public_id}/certificates/change"
        asked = {"kind": "withdraw", "reason_class": "fraud", "note": ""}
        html = client.post(url, asked | {"do": "check"}).content.decode()

        assert "<h1>请核对：涉及 2 张证书</h1>" in html
        assert "欧阳**" in html
        assert "欧阳修文" not in html
        assert "1 人现在有两门以上技能，办理后不到两门" in html
        assert statuses(held) == ["issued", "issued"]

    def test_is_suspended_at_once_and_reinstated(self, client: Client) -> None:
        cohort, held = issued_cohort(3)
        at_the_federation(client)
        url = f"/courses/cohorts/{cohort.public_id}/certificates/change"
        asked = {"kind": "suspend", "reason_class": "under_review", "note": "", "do": "confirm"}
        page = client.post(url, asked, follow=True)

        assert "<h1>已生效：暂停 3 张证书</h1>" in page.content.decode()
        assert set(statuses(held)) == {"suspended"}
        client.post(url, {"kind": "reinstate", "reason_class": "", "note": "", "do": "confirm"})
        assert set(statuses(held)) == {"issued"}

    def test_of_a_base_goes_on_step_by_step_with_a_button(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(history, "AT_ONCE", 2)
        cohort, held = issued_cohort(5)
        at_the_federation(client)
        url = f"/bases/{cohort.base.public_id}/certificates/change"
        asked = {"kind": "suspend", "reason_class": "under_review", "note": "", "do": "confirm"}
        html = client.post(url, asked, follow=True).content.decode()
        change = Change.objects.get()
        go_on = f"/certificate-changes/{change.public_id}/hasten"

        assert "<h1>正在办理：已完成 2 张，共 5 张</h1>" in html
        assert "data-continue" in html
        assert "撤回这项更改" not in html
        client.post(go_on)
        assert "已完成 4 张" in client.get(f"/certificate-changes/{change.public_id}/").content.decode()
        client.post(go_on)
        assert set(statuses(held)) == {"suspended"}

    def test_withdrawn_waits_for_the_window_and_is_undone_whole(self, client: Client) -> None:
        cohort, held = issued_cohort(2)
        at_the_federation(client)
        url = f"/bases/{cohort.base.public_id}/certificates/change"
        asked = {"kind": "withdraw", "reason_class": "fraud", "note": "", "do": "confirm"}
        html = client.post(url, asked, follow=True).content.decode()

        assert "<h1>等待生效：撤销 2 张证书</h1>" in html
        client.post(f"/certificate-changes/{Change.objects.get().public_id}/undo", {"undo-note": ""})
        assert Change.objects.get().state == "undone"
        assert set(statuses(held)) == {"issued"}

    def test_needs_a_reason_that_fits(self, client: Client) -> None:
        cohort, _held = issued_cohort(1)
        at_the_federation(client)
        url = f"/bases/{cohort.base.public_id}/certificates/change"
        asked = {"kind": "withdraw", "reason_class": "under_review", "note": "", "do": "check"}

        refused = client.post(url, asked)
        assert refused.status_code == 422
        assert "签发有误、未达到发证条件、弄虚作假、持证人申请" in refused.content.decode()

    def test_leaves_alone_what_has_another_change_waiting(self, client: Client) -> None:
        cohort, held = issued_cohort(2)
        a_waiting_withdrawal(held[0])
        found = touched("withdraw", on=ISSUED_ON, base=cohort.base)

        assert (found.count, found.held_up) == (1, 1)

    def test_the_preview_costs_the_same_for_few_and_for_many(self) -> None:
        counts = []
        for people in (2, 12):
            cohort, _held = issued_cohort(people)
            with CaptureQueriesContext(connection) as asked:
                touched("withdraw", on=ISSUED_ON, base=cohort.base, cohort=cohort)
            counts.append(len(asked))

        assert counts[0] == counts[1] == 6


class TestTheApi:
    def post(self, client: Client, url: str, **data: Any) -> Any:
        return client.post(url, json.dumps(data), content_type="application/json")

    def test_corrects_a_cohort_after_a_preview(self, client: Client) -> None:
        a_policy(undo_minutes=0)
        cohort, (first, second) = issued_cohort(2)
        at_the_base(client, cohort)
        url = f"/api/certificates/cohorts/{cohort.public_id}/correct"
        rows = [
            {"number": codes.format_number(first.number).lower(), "hours": "40"},
            {"number": second.number, "hours": "x"},
            {"number": "1234"},
        ]
        preview = self.post(client, url, rows=rows).json()
        assert [row["state"] for row in preview["rows"]] == ["ready", "refused", "unknown"]
        assert preview["rows"][1]["problems"][0]["field"] == "hours"
        assert preview["change"] is None
        assert not Change.objects.exists()

        done = self.post(client, url, rows=rows, preview=False).json()
        assert (done["change"]["state"], done["change"]["certificates"]) == ("done", 1)
        assert statuses([first, second]) == ["replaced", "issued"]

    def test_changes_a_cohort_and_a_base(self, client: Client) -> None:
        cohort, held = issued_cohort(2)
        at_the_federation(client)
        of_cohort = f"/api/certificates/cohorts/{cohort.public_id}"
        of_base = f"/api/certificates/bases/{cohort.base.public_id}"

        told = client.get(f"{of_cohort}/touched", {"kind": "suspend"}).json()
        assert told == {"certificates": 2, "people": 2, "lose_two": 0, "held_up": 0}
        done = self.post(client, f"{of_cohort}/change", kind="suspend", reason_class="under_review").json()
        assert (done["state"], done["remaining"]) == ("done", 0)
        assert client.get(f"{of_base}/touched", {"kind": "reinstate"}).json()["certificates"] == 2
        self.post(client, f"{of_base}/change", kind="reinstate")
        assert set(statuses(held)) == {"issued"}
        again = self.post(client, f"{of_base}/change", kind="reinstate")
        assert (again.status_code, again.json()["code"]) == (409, "nothing_touched")
