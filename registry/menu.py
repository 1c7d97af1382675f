"""The menu: areas in groups, and of both only what the actor may open."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.rules.access import Actor, Permission

_P = Permission


@dataclass(frozen=True)
class Area:
    """One page of the menu; one of the permissions is needed (none: any signed-in account)."""

    label: Any
    page: str
    permissions: tuple[Permission, ...] = ()


GROUPS: list[tuple[Any, list[Area]]] = [
    (_("首页"), [Area(_("首页"), "registry:home")]),
    (_("学员"), [Area(_("学员"), "registry:people", (_P.PERSON_READ,))]),
    (
        _("培训"),
        [
            Area(_("培训班"), "courses:cohorts", (_P.COHORT_READ,)),
            Area(_("培训包和培训券"), "courses:packages", (_P.COHORT_READ,)),
            Area(_("培训评估"), "courses:evaluations", (_P.COHORT_READ,)),
            Area(_("考核"), "courses:exam-list", (_P.COHORT_READ,)),
            Area(_("资源管理"), "courses:resources", (_P.RESOURCE_EDIT,)),
            Area(_("疑点核查"), "courses:flags", (_P.FLAG_READ,)),
        ],
    ),
    (
        _("基地"),
        [
            Area(pgettext_lazy("several", "培训基地"), "registry:bases", (_P.BASE_READ,)),
            Area(_("基地申报"), "registry:applications", (_P.BASE_APPLY, _P.BASE_ACCREDIT)),
            Area(_("年度评估"), "registry:base-evaluations", (_P.BASE_APPLY, _P.BASE_ACCREDIT)),
            Area(_("基地覆盖"), "registry:base-coverage", (_P.BASE_EDIT, _P.BASE_ACCREDIT)),
            Area(_("服务机构"), "registry:agencies", (_P.BASE_EDIT,)),
            Area(_("教师"), "courses:trainers", (_P.COHORT_READ,)),
        ],
    ),
    (
        pgettext_lazy("several", "证书"),
        [
            Area(
                _("外部证书"),
                "certificates:external",
                (_P.EXTERNAL_CERTIFICATE_RECORD, _P.EXTERNAL_CERTIFICATE_VERIFY),
            ),
            Area(
                _("证书更改"),
                "certificates:changes",
                (_P.CERTIFICATE_CORRECT, _P.CERTIFICATE_POLICY, _P.CERTIFICATE_WITHDRAW),
            ),
            Area(
                _("证书模板"),
                "certificates:templates",
                (_P.CERTIFICATE_TEMPLATE_EDIT, _P.CERTIFICATE_TEMPLATE_APPROVE),
            ),
        ],
    ),
    (
        _("就业和补贴"),
        [
            Area(_("回访"), "courses:follow-ups", (_P.FOLLOW_UP_RECORD,)),
            Area(_("就业台账"), "courses:employment", (_P.PERSON_READ,)),
            Area(_("就业服务"), "courses:without-service", (_P.PERSON_EDIT,)),
            Area(_("服务计划"), "courses:service-plans", (_P.PERSON_EDIT,)),
            Area(_("困难家庭"), "courses:households", (_P.PERSON_EDIT,)),
            Area(_("辅导员"), "courses:counsellors", (_P.COUNSELLOR_ASSIGN,)),
            Area(_("转化率和稳定率"), "courses:rates", (_P.FIGURES_READ,)),
            Area(_("补贴"), "courses:subsidies", (_P.SUBSIDY_READ,)),
        ],
    ),
    (
        _("公示"),
        [
            Area(_("公示档案"), "registry:notice-records", (_P.NOTICE_READ,)),
            Area(_("异议"), "registry:objections", (_P.NOTICE_READ,)),
        ],
    ),
    (
        pgettext_lazy("several", "目标"),
        [
            Area(_("双技目标"), "goals:dashboard", (_P.FIGURES_READ,)),
            Area(_("报告"), "goals:reports", (_P.REPORT_WRITE, _P.REPORT_DECIDE)),
            Area(_("通报"), "goals:bulletins", (_P.REPORT_WRITE, _P.REPORT_DECIDE)),
        ],
    ),
    (
        _("管理"),
        [
            Area(_("账号"), "registry:accounts", (_P.ACCOUNT_MANAGE,)),
            Area(_("数据交换"), "courses:exchange", (_P.DATA_EXPORT, _P.DATA_COMPARE)),
            Area(_("统计公开和对外提供"), "goals:statistics", (_P.DATA_EXPORT, _P.REPORT_DECIDE)),
            Area(_("导出记录"), "registry:exports", (_P.DATA_EXPORT, _P.AUDIT_READ)),
            Area(_("培训规范"), "registry:standards", (_P.STANDARD_EDIT,)),
            Area(_("审计记录"), "registry:audit", (_P.AUDIT_READ,)),
        ],
    ),
]
PUBLIC_AREAS = [
    Area(_("查验证书"), "certificates:look-up"),
    Area(_("我的证书"), "certificates:my"),
    Area(_("学习资源"), "courses:library"),
    Area(_("公示"), "registry:notices"),
    Area(_("培训机构"), "registry:directory"),
    Area(_("开放数据"), "open-data:home"),
]
"""What anyone may open, signed in or not."""


def menu(actor: Actor, path: str) -> list[dict[str, Any]]:
    """The groups this actor may open, each with its areas.

    A group leads to its first area. `current` is "page" on an area's own page and "true" below it; of a group it is
    "true" where the page lies in one of its areas, and "page" where it has only that one.
    """
    if actor.account_id is None:
        groups = [(area.label, [area]) for area in PUBLIC_AREAS]
    else:
        groups = [(label, [area for area in areas if _allowed(actor, area)]) for label, areas in GROUPS]
        groups.append((_("公众页面"), PUBLIC_AREAS))
    offered = [(label, found) for label, areas in groups if (found := _with_address(areas))]
    here = max(
        (url for _label, areas in offered for _text, url in areas if _lies_in(path, url)), key=len, default=""
    )
    return [_entry(label, areas, path, here) for label, areas in offered]


def _entry(label: Any, areas: list[tuple[Any, str]], path: str, here: str) -> dict[str, Any]:
    current = {url: ("page" if path == url else "true") if url == here else "" for _text, url in areas}
    inside = any(current.values())
    return {
        "label": label,
        "url": areas[0][1],
        "current": current[areas[0][1]] if len(areas) == 1 else "true" if inside else "",
        "areas": [{"label": text, "url": url, "current": current[url]} for text, url in areas],
    }


def _with_address(areas: list[Area]) -> list[tuple[Any, str]]:
    return [(area.label, url) for area in areas if (url := _known_address(area.page))]


@cache
def _known_address(page: str) -> str:
    """Addresses stay while the process runs: a menu of twenty costs as much to look up as a small page to draw."""
    return address(page)


def _lies_in(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def _allowed(actor: Actor, area: Area) -> bool:
    return not area.permissions or any(actor.may_somewhere(permission) for permission in area.permissions)


def address(name: str, *args: str) -> str:
    """The URL of a page, or "" where this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
