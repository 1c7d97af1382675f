"""The words of refusals and problems, in the reader's language: code in, sentence out.

Every app lists its own words in `<app>/words.py` as WORDS; `settings.WORDS` names the lists.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

WORDS = {
    "refused": _("这个请求不能办理。"),
    "not_found": _("没有找到，或者您不能查看。请检查网址是否完整，或回到首页重新查找。"),
    "not_permitted": _("您的角色没有办理这件事的权限。请联系本单位的账号管理员。"),
    "invalid_input": _("有些内容需要改正。"),
    "conflict": _("这条记录刚刚被别人改动过。请刷新页面后再试。"),
    "too_many_requests": _("操作太频繁。请在 {retry_after} 秒后再试。"),
    "page_expired": _(
        "页面已过期，或者浏览器关闭了 Cookie。请返回上一页，刷新后重新提交；您填写的内容还在那里。"
    ),
    "unreadable": _(
        "服务器读不懂发来的内容，什么都没有保存。请返回上一页重试；如果一再出现，请联系管理员并告知时间。"
    ),
    "too_large": _("一次发来的内容太多，什么都没有保存。请分几次提交。"),
    "wrong_method": _("这个网址不能直接打开。请回到原来的页面，用页面上的链接或按钮。"),
    "server_fault": _(
        "系统出错了，这次操作没有保存任何内容。请稍后再试；如果一再出现，请联系管理员并告知时间。"
    ),
    # Signing in and accounts
    "sign_in_failed": _("登录名或密码不对。请检查大小写和输入法；忘记密码请联系本单位的账号管理员。"),
    "sign_in_needed": _("请先登录，或者提供有效的接口令牌。"),
    "own_account": _("不能给自己分配或取消角色，请由另一位账号管理员办理。"),
    "role_already_ended": _("这个角色之前已经结束。"),
    "username_characters": _("登录名只能用字母、数字和 - _ . @ 。"),
    "password_too_short": _("密码至少要 8 个字符。"),
    "password_too_common": _("这个密码太常见，容易被猜到，请换一个。"),
    "password_too_similar": _("密码和登录名或姓名太像，请换一个。"),
    "old_password_wrong": _("现在的密码不对，请重新输入。"),
    "one_organisation_needed": _("残联和培训基地要选一个，也只能选一个。"),
    "role_not_of_organisation": _("这个角色不属于这类单位。"),
    "token_expiry": _("有效期要在明天之后、{days} 天之内。"),
    # Any field
    "field_missing": _("这一项必须填写。"),
    "field_too_long": _("内容太长，请缩短。"),
    "field_choice": _("这不是可以选的值，请从列出的选项中选择。"),
    "field_characters": _("内容里有看不见的控制字符，请删除后重新输入。"),
    "field_invalid": _("内容的格式不对。"),
    "date_in_future": _("日期不能晚于今天。"),
    "date_before_start": _("日期不能早于开始日期。"),
    "date_before_birth": _("日期不能早于出生日期。"),
    "already_held": _("已经有一条同样的记录，不能重复登记。"),
    # Evidence
    "evidence_empty": _("这个文件是空的，请重新选择。"),
    "evidence_too_large": _("文件超过 5 MB。请降低扫描的分辨率，或分成几个文件。"),
    "evidence_type": _("只收 PDF、JPEG 和 PNG 文件。请把材料扫描或拍照后上传。"),
    "evidence_too_many": _("一项最多 20 个文件。请把几页合成一个 PDF。"),
    # Regions
    "region_unknown": _("没有这个地区。请填写 6 位行政区划代码，或地区全称。"),
    "region_ambiguous": _("有好几个地区叫这个名字，请填写代码：{codes}。"),
    "region_retired": _("这个行政区划代码已经停用，请选择现在的地区。"),
    # People
    "citizen_id_invalid": _("身份证号不对，请核对。"),
    "citizen_id_missing": _("请填写身份证号。"),
    "citizen_id_length": _("身份证号应有 {expected} 位，这里有 {length} 位。"),
    "citizen_id_characters": _("身份证号的第 {position} 位不对：前 17 位是数字，最后一位是数字或 X。"),
    "citizen_id_birth_date": _("身份证号第 7 至 14 位不是一个真实的日期。"),
    "citizen_id_future": _("身份证号里的出生日期晚于今天。"),
    "citizen_id_age": _("按身份证号计算，年龄超过 {limit} 岁，请核对出生年份。"),
    "citizen_id_checksum": _("身份证号的最后一位与前面不符，其中有一位写错了，请核对。"),
    "disability_number_invalid": _("残疾人证号不对，请核对。"),
    "disability_number_missing": _("请填写残疾人证号。"),
    "disability_number_length": _("残疾人证号应有 {expected} 位（补发的另加 B1、B2），这里有 {length} 位。"),
    "disability_number_citizen_id": _("残疾人证号的前 18 位不是正确的身份证号。"),
    "disability_number_category": _("残疾人证号的第 19 位应为 {lowest} 至 {highest}（残疾类别）。"),
    "disability_number_grade": _("残疾人证号的第 20 位应为 {lowest} 至 {highest}（残疾等级）。"),
    "disability_number_reissue": _("残疾人证号 20 位之后只能是补发标记 B、B1 至 B9。"),
    "disability_number_mismatch": _("残疾人证号的前 18 位与身份证号不一致，请核对是不是同一个人的证件。"),
    "name_invalid": _("姓名不对，请核对。"),
    "name_missing": _("请填写姓名。"),
    "name_too_long": _("姓名最多 {limit} 个字符，这里有 {length} 个。"),
    "name_characters": _("姓名的第 {position} 个字符是数字或看不见的控制字符，请改正。"),
    "name_differs": _(
        "这个身份证号已经用另一个姓名登记。请核对身份证；确实改过名的，请联系管理这位人员的残联更正。"
    ),
    "managed_elsewhere": _("这个人已在别的地区登记。请联系那里的残联办理迁出，或由上级残联办理。"),
    "consent_already_withdrawn": _("这份同意之前已经撤回。"),
    "hardship_over": _("这项困难类别之前已经退出。"),
    # Bases
    "uscc_invalid": _("统一社会信用代码不对，请核对。"),
    "uscc_length": _("统一社会信用代码应有 {expected} 位，这里有 {length} 位。"),
    "uscc_characters": _("统一社会信用代码里有不会出现的字符：没有字母 I、O、S、V、Z，第 3 至 8 位是数字。"),
    "uscc_checksum": _("统一社会信用代码的最后一位与前面不符，其中有一位写错了，请核对。"),
    "uscc_or_permit_needed": _("统一社会信用代码和办学许可证号至少要填一项。"),
    "public_name_discloses": _(
        "这个名称会印在证书上，会让人看出持证人有残疾。请换一个不含“残疾”“盲人”“聋”等字样的名称。"
    ),
    "federation_of_other_region": _("这家残联不管辖基地所在的地区。"),
    "level_not_of_federation": _("级别与挂牌单位不符：县级残联挂县级牌，市级残联挂市级牌，以此类推。"),
    "numbers_exhausted": _("{area} 开头的证书编号最多供 9999 个基地使用，已经用完。请联系系统维护人员。"),
    "accreditation_already_revoked": _("这块牌匾之前已经摘下。"),
}

# What the audit trail calls each deed; an app above adds its own as "audit.<verb>" to its WORDS.
AUDIT_WORDS = {
    "audit.region.loaded": _("装入行政区划"),
    "audit.federation.founded": _("建立残联"),
    "audit.base.registered": _("登记培训基地"),
    "audit.base.accredited": _("给基地挂牌"),
    "audit.base.accreditation_revoked": _("给基地摘牌"),
    "audit.person.registered": _("登记人员"),
    "audit.person.filled": _("补充人员信息"),
    "audit.person.disability_certificate_recorded": _("登记残疾人证"),
    "audit.person.phone_changed": _("更改联系电话"),
    "audit.person.moved": _("迁移人员"),
    "audit.person.revealed": _("查看完整号码"),
    "audit.person.employment_recorded": _("登记就业状况"),
    "audit.person.hardship_recorded": _("登记困难类别"),
    "audit.person.hardship_ended": _("登记退出困难类别"),
    "audit.person.need_recorded": _("登记培训和就业需求"),
    "audit.person.consent_given": _("登记同意"),
    "audit.person.consent_withdrawn": _("撤回同意"),
    "audit.data.exported": _("导出数据"),
    "audit.account.opened": _("开通账号"),
    "audit.account.role_granted": _("分配角色"),
    "audit.account.role_ended": _("结束角色"),
    "audit.account.token_issued": _("签发接口令牌"),
    "audit.account.token_ended": _("停用接口令牌"),
    "audit.account.password_changed": _("修改密码"),
    "audit.account.signed_in": _("登录"),
    "audit.account.sign_in_failed": _("登录失败"),
}
WORDS |= AUDIT_WORDS


def verb(code: str) -> str:
    """What the audit trail calls a deed; the bare code where nobody named it."""
    return str(_all_words().get(f"audit.{code}", code))


def export(about: str) -> str:
    """What the record of exports calls a kind of file; the bare code where nobody named it."""
    return str(_all_words().get(f"export.{about}", about))


def verbs() -> list[tuple[str, str]]:
    """Every named deed with its words."""
    named = {
        code.removeprefix("audit."): text for code, text in _all_words().items() if code.startswith("audit.")
    }
    return sorted((code, str(text)) for code, text in named.items())


@cache
def _all_words() -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for name in settings.WORDS:
        merged |= import_string(name)
    return merged


def is_known(code: str) -> bool:
    return code in _all_words()


def say(code: str, facts: Mapping[str, Any] | None = None) -> str:
    """The sentence for a code; a fact that the sentence names and the refusal lacks is left out."""
    sentence = str(_all_words().get(code) or gettext("这个请求不能办理。"))
    return sentence.format_map(_Facts({name: _said(value) for name, value in (facts or {}).items()}))


LONGEST_LIST = 12
"""Of a long list of what was expected only the first are said."""


def _said(value: Any) -> Any:
    """A list as it stands in a sentence: 甲、乙、丙…"""
    if not isinstance(value, list | tuple):
        return value
    return "、".join(map(str, value[:LONGEST_LIST])) + ("…" if len(value) > LONGEST_LIST else "")


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"
