"""A certificate as one says it: whole sentences made for a voice, the code sign by sign in groups."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certificates.models import Certificate
from certificates.models.certificates import CertificateStatus
from certificates.proof import codes
from certificates.views import written


def summary(held: Certificate) -> SafeString:
    """Name, certificate, skill, level, base, day, how it stands, code: one paragraph, heard in one go.

    What the register holds is Chinese in every language of the page, and is marked so for the voice.
    """
    language = get_language() or "zh-hans"
    zh = "{}" if language == "zh-hans" else '<span lang="zh-Hans">{}</span>'
    names = {
        "name": format_html(zh, held.holder_name),
        "title": format_html(zh, held.title),
        "skill": format_html(zh, held.skill_name),
        "base": format_html(zh, held.base_name),
        "day": written.day(held.issued_on, language),
    }
    level = written.level(held.level)
    sentences = [
        format_html(_("这是{name}的{title}。"), **names),
        format_html(_("技能：{skill}，{level}。"), **names, level=level)
        if level
        else format_html(_("技能：{skill}。"), **names),
        format_html(_("{base}于{day}签发。"), **names),
        _standing(held, language),
        format_html(_("验证码：{code}。"), code=codes.spoken_code(held.code)),
    ]
    return format_html_join("" if language.startswith("zh") else " ", "{}", ((one,) for one in sentences))


def _standing(held: Certificate, language: str) -> str:
    since = written.day(held.status_since, language)
    sentences = {
        CertificateStatus.ISSUED.value: _("证书现在有效。"),
        CertificateStatus.SUSPENDED.value: _("证书从{since}起暂停使用。"),
        CertificateStatus.WITHDRAWN.value: _("证书已于{since}撤销，不再有效。"),
        CertificateStatus.REPLACED.value: _("证书已于{since}换发新证，请用新证书。"),
    }
    sentence = format_html(sentences[held.status], since=since)
    if held.reason_class:
        sentence += format_html(_("原因：{reason}。"), reason=held.get_reason_class_display())
    return sentence
