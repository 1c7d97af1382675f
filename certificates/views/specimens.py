"""Specimens (样张) of a template: the real sheet and phone image, of nobody, with a code that cannot be valid."""

from datetime import date, timedelta

from django.conf import settings

from certificates.faces import built_in, pdf, phone_image
from certificates.faces.face import Face, Language
from certificates.models import CertificateTemplate
from certificates.models.templates import CertificateLanguage
from certificates.proof import codes, fragment
from certificates.queries.templates import FIRST_LANGUAGE
from certificates.views.printing import picture_of, second_of, verify_address, words_of

# Its check character is wrong (codes.parse_code), so that no register can ever hold it; as many digits as a signature.
NO_CODE = "0" * codes.CODE_LENGTH
NO_FRAGMENT = "8" * 278

PLAIN = {
    "holder_name": "王小梅",
    "course_name": "网络直播初级班",
    "skill_name": "网络直播",
    "base_name": "天水市秦州区职业培训学校",
    "issuer_name": "天水市职业培训指导中心",
}
# As long as the columns allow, or as long as names are met in practice (docs/domain.md §3.2).
LONGEST = {
    "holder_name": "买买提·吐尔逊·阿卜杜热合曼·阿卜杜克热木·麦麦提明·艾合买提江·吾斯曼·库尔班·伊敏",
    "course_name": "面向农村的电子商务客户服务、网店美工与直播运营综合职业技能提升培训班（第三期，线上线下相结合）",
    "skill_name": "电子商务客户服务与网店美工设计及短视频直播运营综合技能",
    "base_name": "江西省南昌市青山湖区职业教育综合服务中心职业技能实习实训与创业孵化示范基地（东湖校区）",
    "issuer_name": "江西省南昌市青山湖区人力资源和社会保障局职业能力建设与就业创业指导服务中心",
}
SAMPLES = {"plain": PLAIN, "longest": LONGEST}


def specimen(template: CertificateTemplate, *, on: date, sample: str = "plain") -> Face:
    """The face of a certificate that a base would issue with this template today, marked as a specimen."""
    language = FIRST_LANGUAGE[template.language]
    bilingual = template.language == CertificateLanguage.BILINGUAL
    return Face(
        language=language,
        words=words_of(template, language),
        title=template.title,
        **SAMPLES[sample],
        level_text=built_in.LEVELS[language][5],
        hours=120,
        starts_on=on - timedelta(days=90),
        ends_on=on,
        issued_on=on,
        number=codes.format_number("0" * codes.NUMBER_LENGTH),
        code=codes.format_code(NO_CODE),
        url=fragment.url(settings.PUBLIC_BASE_URL, NO_CODE, NO_FRAGMENT),
        verify_address=verify_address(),
        second=second_of(template, "Live streaming", 5) if bilingual else None,
        logo=picture_of(template, "logo"),
        seal=picture_of(template, "seal"),
        specimen=_mark(language),
    )


def _mark(language: Language) -> str:
    """In Chinese and English, whatever the certificate's language: nobody must take it for one."""
    if language == "en":
        return built_in.SPECIMEN["en"]
    return f"{built_in.SPECIMEN[language]} {built_in.SPECIMEN['en']}"


def draw(template: CertificateTemplate, *, on: date) -> None:
    """Draws the sample with the longest names as paper and as picture: what would stop a certificate stops it.

    Raises FaceError.
    """
    face = specimen(template, on=on, sample="longest")
    pdf.one(face)
    phone_image.draw(face)
