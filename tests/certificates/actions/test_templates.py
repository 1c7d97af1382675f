"""Templates: written by one, put in use by another, then fixed; and what they print, prints again the same."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from certificates.actions import templates
from certificates.errors import (
    SecondPersonNeeded,
    TemplateDayTaken,
    TemplateFixed,
    TemplateNotInUse,
    TitleSetByTemplate,
)
from certificates.faces import pdf, phone_image
from certificates.models import CertificateTemplate, TemplateImage
from certificates.queries.cohorts import printed
from certificates.queries.templates import template_for, version, versions
from certificates.rules.templates import TemplateState, state_on
from certificates.views.printing import face_of, faces_of
from courses.models import Skill
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM, Actor
from tests.certificates.faces import samples
from tests.certificates.factories import (
    ISSUED_ON,
    a_cohort_to_certify,
    an_issued_certificate,
    an_issuing_base,
)
from tests.certificates.template_factories import a_template, adorned
from tests.conftest import TODAY
from tests.registry.factories import a_base, a_federation, a_person, an_account

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def the(role: str) -> Actor:
    return actor_for(an_account(role, a_federation("620500")), on=TODAY)


def refused(field: str, code: str, **changes: Any) -> None:
    with pytest.raises(InvalidInput) as refusal:
        a_template(begins=None, **changes)
    assert refusal.value.facts["fields"] == {field: code}


class TestAVersion:
    def test_begins_as_built_in_and_the_next_like_the_last_of_its_language(self) -> None:
        first = adorned(title="技能培训合格证书")
        second, other = a_template(language="zh-en", begins=None), a_template(language="en", begins=None)
        assert [one.version for one in (first, second, other)] == [1, 2, 3]
        assert (second.title, second.logo_id, second.seal_alt) == (first.title, first.logo_id, first.seal_alt)
        assert other.title == "Certificate of Completion, Vocational Skills Training"

    def test_is_written_by_officers_and_put_in_use_by_approvers(self) -> None:
        draft = templates.draft(
            by=the("federation_officer"), on=TODAY, federation=a_federation("620500"), language="zh-hans"
        )
        with pytest.raises(NotPermitted):
            templates.put_in_use(by=the("federation_officer"), on=TODAY, template=draft, begins=TODAY)
        with pytest.raises(NotPermitted):
            templates.edit(by=the("approver"), on=TODAY, template=draft, title="培训证书")
        templates.put_in_use(by=the("approver"), on=TODAY, template=draft, begins=TODAY)
        verbs = AuditEvent.objects.filter(verb__startswith="certificate_template").order_by("pk")
        assert [verb.partition(".")[2] for verb in verbs.values_list("verb", flat=True)] == [
            "drafted",
            "put_in_use",
        ]

    def test_is_not_put_in_use_by_who_wrote_it_whatever_roles_they_hold(self) -> None:
        approver = the("approver")
        draft = a_template(begins=None)
        CertificateTemplate.objects.update(drafter_id=approver.account_id)
        with pytest.raises(SecondPersonNeeded):
            templates.put_in_use(by=approver, on=TODAY, template=draft, begins=TODAY)

    def test_with_pictures_needs_somebody_who_has_looked_at_them(self) -> None:
        with pytest.raises(InvalidInput) as refusal:
            templates.put_in_use(by=SYSTEM, on=TODAY, template=adorned(begins=None), begins=TODAY)
        assert refusal.value.facts["fields"] == {"pictures_seen": "template_pictures_unseen"}

    def test_is_fixed_once_it_is_in_use(self) -> None:
        template = a_template()
        for change in (
            lambda: templates.edit(by=SYSTEM, on=TODAY, template=template, title="培训证书"),
            lambda: templates.discard(by=SYSTEM, on=TODAY, template=template),
            lambda: templates.put_in_use(by=SYSTEM, on=TODAY, template=template, begins=TODAY + DAY),
        ):
            with pytest.raises(TemplateFixed):
                change()

    def test_does_not_begin_in_the_past_or_on_the_day_of_another(self) -> None:
        with pytest.raises(InvalidInput):
            a_template(begins=TODAY - DAY)
        a_template()
        with pytest.raises(TemplateDayTaken):
            a_template()

    def test_of_a_day_to_come_is_called_back_and_is_a_draft_again(self) -> None:
        old, waiting = a_template(), a_template(begins=TODAY + DAY)
        templates.end(by=SYSTEM, on=TODAY, template=waiting)
        assert version(waiting, TODAY).state == TemplateState.DRAFT
        assert version(old, TODAY + DAY).state == TemplateState.IN_USE

    def test_that_ended_cannot_end_again(self) -> None:
        template = templates.end(by=SYSTEM, on=TODAY, template=a_template())
        with pytest.raises(TemplateNotInUse):
            templates.end(by=SYSTEM, on=TODAY, template=template)

    def test_stands_as_its_days_and_the_next_one_say(self) -> None:
        first, second = a_template(), a_template(begins=TODAY + DAY)
        states = [
            [row.state for row in versions([first, second], day)] for day in (TODAY - DAY, TODAY, TODAY + DAY)
        ]
        assert states == [
            [TemplateState.WAITING, TemplateState.WAITING],
            [TemplateState.IN_USE, TemplateState.WAITING],
            [TemplateState.SUPERSEDED, TemplateState.IN_USE],
        ]
        assert state_on(TODAY, begins=None, ended_on=None, newer_from=None) == TemplateState.DRAFT


class TestItsWords:
    def test_disclose_no_disability_in_any_field(self) -> None:
        for field in ("title", "certifies", "statement", "instruction"):
            refused(field, "wording_discloses", **{field: "面向残疾人的培训"})
        refused("title_en", "wording_discloses", language="zh-en", title_en="Training for disabled people")
        refused("logo_alt", "wording_discloses", logo=samples.a_logo().png, logo_alt="盲人学校的标志")

    def test_are_no_other_authoritys(self) -> None:
        refused("title", "title_misleads", title="国家职业资格证书")

    def test_are_all_there_in_both_languages(self) -> None:
        refused("statement", "field_missing", statement=" ")
        refused("statement_en", "field_missing", language="zh-en", statement_en="")
        refused("seal_alt", "field_missing", seal=samples.a_seal().png)

    def test_can_be_printed(self) -> None:
        refused("statement", "missing_glyph", statement="考核合格\ue123")


class TestItsPictures:
    def test_are_kept_once_however_often_they_are_uploaded(self) -> None:
        adorned(begins=None)
        a_template(begins=None, logo=samples.a_logo().png, logo_alt="标志")
        assert TemplateImage.objects.count() == 2

    def test_that_are_none_are_refused_beside_their_field(self) -> None:
        refused("logo", "picture_format", logo=b"<svg/>", logo_alt="标志")
        refused("seal", "picture_broken", seal=samples.a_seal().png[:200], seal_alt="印章")

    def test_can_be_taken_away(self) -> None:
        draft = templates.edit(by=SYSTEM, on=TODAY, template=adorned(begins=None), remove=("logo", "seal"))
        assert (draft.logo, draft.seal, draft.logo_alt, draft.seal_alt) == (None, None, "", "")


class TestWhichOneABasePrintsWith:
    def test_that_of_the_nearest_federation_up_the_tree(self) -> None:
        base, elsewhere = a_base("620502"), a_base("620503")
        assert template_for(base, TODAY) is None
        province = a_template(a_federation("620000"))
        assert template_for(base, TODAY) == province
        county = a_template(a_federation("620502"), begins=TODAY + DAY)
        assert template_for(base, TODAY) == province
        assert template_for(base, TODAY + DAY) == county
        assert template_for(elsewhere, TODAY + DAY) == province

    def test_after_it_ended_that_of_the_federation_above(self) -> None:
        base, province = a_base("620502"), a_template(a_federation("620000"))
        a_template()
        newest = a_template(begins=TODAY + DAY)
        templates.end(by=SYSTEM, on=TODAY + 2 * DAY, template=newest)
        assert template_for(base, TODAY + 2 * DAY) == province

    def test_and_its_title_is_not_for_the_base_to_choose(self) -> None:
        base = an_issuing_base()
        a_template(title="技能培训合格证书")
        cohort = a_cohort_to_certify(base=base)
        assert printed(cohort, title="", on=ISSUED_ON).title == "技能培训合格证书"
        with pytest.raises(TitleSetByTemplate):
            printed(cohort, title="另一个名称", on=ISSUED_ON)


def paper(certificate: Any) -> str:
    return "".join(PdfReader(BytesIO(pdf.one(face_of(certificate)))).pages[0].extract_text().split())


class TestACertificate:
    def test_prints_what_its_template_says_in_both_languages_with_names_as_recorded(self) -> None:
        base = an_issuing_base()
        template = adorned(title="技能培训合格证书", title_en="Skills Training Certificate")
        certificate = an_issued_certificate(a_person(1, name="葉後里"), base=base)
        text = paper(certificate)
        assert (certificate.template, certificate.language) == (template, "zh-en")
        for shown in ("技能培训合格证书", "SkillsTrainingCertificate", "兹证明", "Thisistocertify", "葉後里"):
            assert shown in text
        assert "网络直播" in text
        assert certificate.skill_name_en.replace(" ", "") in text

    @pytest.mark.parametrize(
        ("language", "shown"), [("zh-hant", ("茲證明", "網絡直播")), ("en", ("Thisistocertify", "Skill"))]
    )
    def test_is_printed_in_the_language_of_its_template(self, language: str, shown: tuple[str, ...]) -> None:
        base = an_issuing_base()
        a_template(language=language)
        certificate = an_issued_certificate(base=base)
        hant = Skill.objects.get(code="livestreaming").name_hant
        wanted = [text if text != "網絡直播" else hant for text in shown]
        assert all(text in paper(certificate) for text in wanted)

    def test_prints_the_same_sheet_whatever_came_after(self) -> None:
        base = an_issuing_base()
        adorned()
        certificate = an_issued_certificate(base=base)
        sheet, image = pdf.one(face_of(certificate)), phone_image.draw(face_of(certificate))
        newer = adorned(title="另一个名称的证书", statement="别的话。", begins=TODAY + DAY)
        templates.edit(
            by=SYSTEM, on=TODAY, template=a_template(language="zh-en", begins=None), remove=("logo",)
        )
        templates.end(by=SYSTEM, on=ISSUED_ON, template=newer)
        Skill.objects.update(name_en="Renamed")

        again = type(certificate).objects.get(pk=certificate.pk)
        assert pdf.one(face_of(again)) == sheet
        assert phone_image.draw(face_of(again)) == image

    def test_without_a_template_is_as_built_in(self) -> None:
        certificate = an_issued_certificate()
        assert (certificate.template, certificate.language) == (None, "zh-hans")
        assert "完成下列培训，考核合格，特发此证。" in paper(certificate)

    def test_faces_of_a_class_take_one_query(self, django_assert_num_queries: Any) -> None:
        base = an_issuing_base()
        adorned()
        held = [an_issued_certificate(a_person(n), base=base) for n in range(3)]
        with django_assert_num_queries(1):
            assert len({face.seal for face in faces_of(held)}) == 1
