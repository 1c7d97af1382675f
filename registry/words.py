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
    "not_found": _("没有找到，或者不在您的管辖范围内。请检查网址，或回到首页重新查找。"),
    "not_permitted": _("您的角色没有办理这件事的权限。请联系本单位的账号管理员。"),
    "invalid_input": _("有些内容需要改正。"),
    "conflict": _("这条记录刚刚被别人改动过。请刷新页面后再试。"),
    "too_many_requests": _("操作太频繁。请在 {retry_after} 秒后再试。"),
    "page_expired": _("页面已过期，或者浏览器关闭了 Cookie。请返回上一页，刷新后重新提交；您填写的内容还在那里。"),
    "server_fault": _("系统出错了，这次操作没有保存任何内容。请稍后再试；如果一再出现，请联系管理员并告知时间。"),
}


@cache
def _all_words() -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for name in settings.WORDS:
        merged |= import_string(name)
    return merged


def is_known(code: str) -> bool:
    return code in _all_words()


def say(code: str, facts: Mapping[str, Any] | None = None) -> str:
    """The sentence for a code; a fact the sentence names but the refusal lacks is left out, never an error."""
    sentence = str(_all_words().get(code) or gettext("这个请求不能办理。"))
    return sentence.format_map(_Facts(facts or {}))


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"
