"""The API of rosters: the same checks and refusals as the page."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from courses.models import Cohort
from registry import requests
from registry.actions import accounts
from registry.models import Account
from registry.rules.access import SYSTEM
from tests.courses.factories import a_cohort, bring_to
from tests.courses.workbooks import messy
from tests.registry.factories import a_base, an_account

pytestmark = pytest.mark.django_db

RIGHT_ID = messy.citizen_id(order=2)
WRONG_ID = RIGHT_ID[:17] + ("0" if RIGHT_ID[17] != "0" else "1")


class Api:
    """Speaks to the rosters of one cohort with a bearer token."""

    def __init__(self, cohort: Cohort, account: Account) -> None:
        now = requests.today()  # doors ask the clock, and so does the life of a token
        _token, text = accounts.issue_token(
            by=SYSTEM, on=now, account=account, label="测试", expires_on=now + timedelta(days=30)
        )
        self.client = Client(headers={"authorization": f"Bearer {text}"})
        self.root = f"/api/courses/cohorts/{cohort.public_id}/rosters"

    def upload(self, data: bytes, name: str = "花名册.xlsx") -> Any:
        return self.client.post(self.root, {"file": SimpleUploadedFile(name, data)})

    def get(self, path: str = "", **query: Any) -> Any:
        return self.client.get(self.root + path, query)

    def send(self, method: str, path: str, body: Any) -> Any:
        return getattr(self.client, method)(self.root + path, body, content_type="application/json")


@pytest.fixture
def cohort() -> Cohort:
    return a_cohort(state="enrolling")


@pytest.fixture
def clerk(cohort: Cohort) -> Api:
    return Api(cohort, an_account("base_manager", cohort.base))


def a_roster() -> bytes:
    return messy.messy_roster([messy.person(1), messy.person(2, 身份证号=WRONG_ID, 残疾人证号="")])


def test_a_roster_is_uploaded_read_corrected_and_loaded(clerk, cohort):
    made = clerk.upload(a_roster()).json()
    assert (made["total"], made["ready"], made["bad"]) == (2, 1, 1)
    path = f"/{made['public_id']}"
    (row,) = clerk.get(f"{path}/rows", state="bad").json()["items"]
    assert (row["sheet"], row["row"], row["state"]) == ("花名册", 4, "bad")
    assert row["citizen_id"] == f"620502********{WRONG_ID[-4:]}"
    assert row["name"].endswith("**")
    error = row["problems"][0]
    assert (error["field"], error["code"], error["severity"]) == (
        "citizen_id",
        "citizen_id_checksum",
        "error",
    )
    assert "请对照身份证改正" in error["message"]
    correction = {"sheet": "花名册", "row": 4, "cells": {"citizen_id": RIGHT_ID}}
    saved = clerk.send("patch", f"{path}/rows", {"corrections": [correction]}).json()
    assert (saved["ready"], saved["bad"]) == (2, 0)
    loaded = clerk.send("post", f"{path}/load", {}).json()
    assert (loaded["loaded_now"], loaded["loaded"]) == (2, 2)
    assert clerk.send("post", f"{path}/load", {}).json()["loaded_now"] == 0
    assert cohort.enrolments.count() == 2
    assert clerk.upload(a_roster()).status_code == 200


def test_the_same_bytes_again_give_the_same_roster(clerk, cohort):
    data = a_roster()
    assert clerk.upload(data).json() == clerk.upload(data).json()


def test_a_row_is_left_out_and_taken_back(clerk):
    path = f"/{clerk.upload(a_roster()).json()['public_id']}"
    row = {"sheet": "花名册", "row": 4}
    left = clerk.send("patch", f"{path}/rows", {"corrections": [row | {"leave_out": True}]}).json()
    assert (left["skipped"], left["bad"]) == (1, 0)
    back = clerk.send("patch", f"{path}/rows", {"corrections": [row]}).json()
    assert (back["skipped"], back["bad"]) == (0, 1)


def test_the_bad_rows_are_a_workbook(clerk):
    path = f"/{clerk.upload(a_roster()).json()['public_id']}"
    answer = clerk.get(f"{path}/bad-rows.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row == 2
    assert WRONG_ID in [cell.value for cell in sheet[2]]


@pytest.mark.parametrize(
    ("name", "data", "code", "status"),
    [
        ("a.xlsx", b"PK\x03\x04" + b"\0" * 99, "workbook_damaged", 422),
        ("a.pdf", b"%PDF", "workbook_extension", 422),
        ("a.csv", "姓名,性别\n赵一,男".encode(), "workbook_columns_missing", 422),
        ("a.csv", b"a" * (5 * 1024 * 1024 + 1), "workbook_too_large", 413),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_code(clerk, name, data, code, status):
    answer = clerk.upload(data, name)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "[" not in answer.json()["message"]


def test_an_upload_without_a_file_is_asked_for_it(clerk):
    answer = clerk.client.post(clerk.root)
    assert (answer.status_code, answer.json()["facts"]) == (422, {"fields": {"file": "field_missing"}})


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"corrections": []}, 422, "invalid_input"),
        ({"corrections": [{"sheet": "花名册", "row": 99}]}, 404, "not_found"),
        (
            {"corrections": [{"sheet": "花名册", "row": 4, "cells": {"bank": "6222"}}]},
            422,
            "invalid_input",
        ),
    ],
)
def test_corrections_that_make_no_sense_are_refused(clerk, body, status, code):
    path = f"/{clerk.upload(a_roster()).json()['public_id']}"
    answer = clerk.send("patch", f"{path}/rows", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_running_class_needs_a_reason_and_a_frozen_one_takes_nobody(clerk, cohort):
    path = f"/{clerk.upload(a_roster()).json()['public_id']}"
    bring_to(cohort, "running")
    refused = clerk.send("post", f"{path}/load", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "enrolment_late_reason_missing")
    bring_to(cohort, "assessing")
    refused = clerk.send("post", f"{path}/load", {"late_reason": "返乡"})
    assert (refused.status_code, refused.json()["code"]) == (409, "enrolment_closed")


def test_strangers_find_nothing_and_a_trainer_is_refused(cohort, clerk):
    path = f"/{clerk.upload(a_roster()).json()['public_id']}"
    stranger = Api(cohort, an_account("base_manager", a_base()))
    trainer = Api(cohort, an_account("trainer", cohort.base))
    for api, status in ((stranger, 404), (trainer, 403)):
        assert api.upload(a_roster()).status_code == status
        assert api.get(path).status_code == status
        assert api.get(f"{path}/rows").status_code == status
        assert api.get(f"{path}/bad-rows.xlsx").status_code == status
        assert api.send("post", f"{path}/load", {}).status_code == status
