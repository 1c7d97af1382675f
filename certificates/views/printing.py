"""The faces of a certificate: its printed words in its own language, the PDF and the phone image."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from certificates.faces.face import Face, Words
from certificates.models import Certificate
from certificates.proof import codes, fragment
from certificates.views import written


def face_of(certificate: Certificate) -> Face:
    """What is printed. Everything about the training is as it was stored at issue, whatever was renamed since."""
    with translation.override(certificate.language):
        return Face(
            language=written.FACE_LANGUAGES[certificate.language],
            words=_words(),
            title=certificate.title,
            holder_name=certificate.holder_name,
            course_name=certificate.course_name,
            skill_name=certificate.skill_name,
            level_text=written.level(certificate.level),
            hours=certificate.hours,
            starts_on=certificate.starts_on,
            ends_on=certificate.ends_on,
            issued_on=certificate.issued_on,
            base_name=certificate.base_name,
            issuer_name=certificate.issuer_name,
            number=codes.format_number(certificate.number or ""),
            code=codes.format_code(certificate.code),
            url=fragment.url(settings.PUBLIC_BASE_URL, certificate.code, certificate.fragment),
            verify_address=settings.PUBLIC_BASE_URL.partition("://")[2] + "/verify/",
        )


def _words() -> Words:
    return Words(
        certifies=_("兹证明"),
        statement=_("完成下列培训，考核合格，特发此证。"),
        course=pgettext("certificate", "培训项目"),
        skill=_("技能"),
        level=_("等级"),
        hours=_("课时"),
        period=_("培训时间"),
        base=_("培训单位"),
        issuer=_("监制单位"),
        issued=_("发证日期"),
        seal=_("（盖章处）"),
        number=_("证书编号"),
        code=_("验证码"),
        address=_("查验网址"),
        instruction=_("用手机扫描二维码，或打开查验网址输入验证码，即可知道本证书真伪和当前是否有效。"),
        qr_alt=_("查验二维码，在本页左下角。用手机相机扫描，即可知道本证书真伪和当前是否有效。"),
    )
