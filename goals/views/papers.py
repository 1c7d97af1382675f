"""The papers of reports and bulletins, in the reader's language, as PDF or docx (goals/papers/)."""

from collections.abc import Callable
from datetime import date
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goals.models import Bulletin, Plan, ReportFiling
from goals.papers import docx, pdf
from goals.papers.paper import Paper, Section, Table
from goals.views import report_words as words
from registry.errors import NotFound
from registry.templatetags.page import day

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "pdf": ("application/pdf", pdf.made),
    "docx": (DOCX, docx.made),
}
"""Content type and maker by the ending of the file."""

LANGUAGES = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


def answer(paper: Paper, kind: str) -> HttpResponse:
    """The paper as a file to save. Raises NotFound for another kind."""
    if kind not in FILES:
        raise NotFound(what="file")
    content_type, make = FILES[kind]
    response = HttpResponse(make(paper), content_type=content_type)
    name = "".join(sign for sign in paper.title if sign.isprintable() and sign not in '\\/:*?"<>|')
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}', safe='')}"
    # Counts of few people may be in it: nobody on the way keeps it.
    response["Cache-Control"] = "no-store"
    return response


def of_filing(filing: ReportFiling) -> Paper:
    """One version of a report as it was handed in."""
    report, figures = filing.report, filing.figures
    numbers = _("一,二,三,四,五,六").split(",")
    sections = [
        Section(_("%(number)s、%(heading)s") % {"number": numbers[n], "heading": heading}, (text,))
        for n, (_name, heading, text) in enumerate(words.sections(report, filing.sections))
    ]
    return Paper(
        language=_language(),
        title=words.title(report),
        author=report.region.name,
        day=filing.submitted_on,
        facts=(
            *_plan_facts(report.target.plan),
            (_("报送单位"), report.region.name),
            (_("报送给"), words.recipient(report)),
            (_("报送日期"), day(filing.submitted_on)),
            (_("版本"), str(filing.number)),
            *_figure_facts(filing.as_of, words.versions(figures)),
        ),
        sections=(
            *sections,
            Section(
                _("数据"),
                tables=(
                    Table(
                        _("规划任务完成情况"),
                        (_("任务"), _("年份"), _("任务数或应办人数"), _("完成"), _("完成率")),
                        tuple(
                            (row.name, row.years, row.of, row.done, row.rate) for row in words.tasks(figures)
                        ),
                        frozenset({2, 3, 4}),
                    ),
                    Table(
                        _("%(years)s 年各项指标") % {"years": figures["years"]},
                        (_("指标"), _("应有"), _("完成"), _("比例")),
                        tuple((row.name, row.of, row.done, row.rate) for row in words.indicators(figures)),
                        frozenset({1, 2, 3}),
                    ),
                ),
            ),
        ),
        mark=_("内部") if words.is_internal(words.counts_of(figures)) else "",
        footer=_footer(words.title(report), filing.as_of),
    )


def of_bulletin(bulletin: Bulletin) -> Paper:
    """A bulletin as it was issued, or the draft of one."""
    figures = bulletin.figures
    sections = [Section(_("通报"), (bulletin.opening,))] if bulletin.opening else []
    for item in figures["items"]:
        line = _line(bulletin, item["line"])
        behind = words.below(item)
        sentence = (
            _("低于对照线的有：%(units)s。") % {"units": behind} if behind else _("没有单位低于对照线。")
        )
        sections.append(
            Section(
                words.item_name(item),
                (line, sentence),
                (
                    Table(
                        words.item_name(item),
                        (_("单位"), _("任务数或应办人数"), _("完成"), _("完成率"), _("排名")),
                        tuple(
                            (row["name"], row["task"], row["done"], row["rate"], str(row["rank"]))
                            for row in words.compared(item)
                        ),
                        frozenset({1, 2, 3, 4}),
                    ),
                ),
            )
        )
    if bulletin.request:
        sections.append(Section(_("工作要求"), (bulletin.request,)))
    draft = "" if bulletin.number else _("草稿，没有印发")
    internal = _("内部") if words.is_internal(words.counts_compared(figures)) else ""
    return Paper(
        language=_language(),
        title=bulletin.title,
        author=bulletin.region.name,
        day=bulletin.issued_on or bulletin.drafted_on,
        facts=(
            (_("文号"), bulletin.number or draft),
            *_plan_facts(bulletin.plan),
            (_("地区"), bulletin.region.name),
            *(((_("印发日期"), day(bulletin.issued_on)),) if bulletin.issued_on else ()),
            *_figure_facts(bulletin.as_of, words.versions(figures)),
            (_("年份"), figures["years"]),
        ),
        sections=tuple(sections),
        mark=_("，").join(filter(None, (internal, draft))),
        footer=_footer(bulletin.title, bulletin.as_of),
    )


def _plan_facts(plan: Plan) -> tuple[tuple[str, str], ...]:
    return (
        (_("规划"), plan.title),
        (_("规划文号"), plan.document_number or _("文件没有文号")),
    )


def _figure_facts(as_of: date, versions: str) -> tuple[tuple[str, str], ...]:
    return ((_("数据截至"), day(as_of)), (_("指标定义"), versions))


def _line(bulletin: Bulletin, line: str | None) -> str:
    name = bulletin.get_line_display()
    if line is None:
        return _("对照线：%(line)s，没有可比的数") % {"line": name}
    return _("对照线：%(line)s，%(rate)s%%") % {"line": name, "rate": line}


def _footer(title: str, as_of: date) -> str:
    return _("%(title)s，数据截至%(day)s") % {"title": title, "day": day(as_of)}


def _language() -> str:
    return LANGUAGES.get(get_language() or "", "zh-Hans")
