"""A misspelt name: the clerk corrects it and prints the new sheet; the old sheet's code leads to the new one."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from certificates.models import Certificate
from registry.requests import today
from tests.certificates.faces.paper import rasterised, read_by_zxing
from tests.certificates.factories import an_issued_certificate
from tests.journeys import desk, phone
from tests.journeys.desk import Desk
from tests.registry.factories import a_person

pytestmark = pytest.mark.browser


def test_a_misspelt_name_is_corrected_and_the_old_code_leads_to_the_new_certificate(ground, open_page):
    person = a_person(1, name="李小名", base=ground.base)
    old = an_issued_certificate(person, base=ground.base, on=today())
    clerk = Desk(open_page())
    desk.sign_in(clerk, ground.clerk)
    clerk.page.goto(f"/certificates/{old.public_id}/")
    on_paper = read_by_zxing(rasterised(clerk.download("下载 PDF（打印用）"), 300)).text

    desk.correct(clerk, "持证人", "李晓明")
    new = Certificate.objects.get(replaces=old)
    clerk.page.goto(f"/certificates/{new.public_id}/")
    clerk.heading("有效：李晓明的证书")
    sheet = clerk.download("下载 PDF（打印用）")
    assert "李晓明" in PdfReader(io.BytesIO(sheet)).pages[0].extract_text()

    page = phone.scan(open_page, on_paper, javascript=False)
    expect(page.get_by_role("heading", level=1)).to_contain_text("已换发新证")
    page.get_by_role("link", name=re.compile("新证书")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(phone.GENUINE)
    assert page.url.endswith(f"/C/{new.code}")
    printed = read_by_zxing(rasterised(sheet, 300)).text
    assert printed.upper().split("/C/")[1].split("#")[0] == new.code
