"""docs/verify.md, in its three languages: its commands are run, its answers and codes are the real ones."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from certificates.models.certificates import CertificateStatus, ReasonClass
from tests.certificates.factories import an_issued_certificate

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).parents[3] / "docs"
PAGES = ["verify.md", "verify.zh-CN.md", "verify.zh-Hant.md"]
SITE, CODE = "https://certs.example.org", "WU76K28XU2XH"


def examples(page: str) -> list[tuple[list[str], Any]]:
    """Each command with the answer printed below it."""
    blocks = re.findall(r"```sh\n(.*?)```\s+```json\n(.*?)```", (DOCS / page).read_text(), re.DOTALL)
    return [(shlex.split(command), json.loads(answer)) for command, answer in blocks]


def shape(answer: Any) -> Any:
    """An answer without its values; a certificate may be told in part."""
    if isinstance(answer, dict):
        return {name: shape(value) for name, value in sorted(answer.items()) if name != "certificate"}
    return [shape(one) for one in answer] if isinstance(answer, list) else None


@pytest.mark.parametrize("page", PAGES)
def test_its_commands_get_its_answers(client: Client, page: str) -> None:
    code = an_issued_certificate().code
    written = " ".join(re.findall("....", CODE))
    assert len(examples(page)) == 2
    for command, promised in examples(page):
        assert command[0] == "curl"
        path = command[1].removeprefix(SITE).replace(CODE, code)
        if "--json" in command:
            body = command[command.index("--json") + 1].replace(written, code)
            told = client.post(path, body, content_type="application/json")
        else:
            told = client.get(path)

        assert told.status_code == 200
        assert shape(told.json()) == shape(promised)
        if "answers" in promised:
            assert [bool(one["certificate"]) for one in told.json()["answers"]] == [True, False]
            assert told.json()["answers"][1]["error"]["code"] == promised["answers"][1]["error"]["code"]


@pytest.mark.parametrize("page", PAGES)
def test_it_names_every_code_that_can_come_back(client: Client, page: str) -> None:
    text = (DOCS / page).read_text()
    codes = [one.value for one in CertificateStatus if one != CertificateStatus.DRAFT]
    codes += [one.value for one in ReasonClass if one.value]
    for wrong in ({"codes": []}, {"codes": ["ABC"] * 1001}):
        told = client.post("/api/verify", json.dumps(wrong), content_type="application/json")
        codes.append(told.json()["code"])

    assert [
        code for code in {*codes, "not_found", "code_mistyped", "too_many_requests"} if code not in text
    ] == []


def test_the_three_languages_say_the_same_things_to_programmes() -> None:
    technical = [sorted(re.findall(r"`([^`\n]+)`", (DOCS / page).read_text())) for page in PAGES]

    assert technical[0] == technical[1] == technical[2]
