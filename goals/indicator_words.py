"""Words of the indicators (goals/rules/indicators.py): a name and a definition in one sentence for every key, units,
and the cells that people are counted under.

The exact rules are in docs/indicators.md; a definition here says the same to somebody who reads only the page.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from certificates.models.external import Family
from courses.models.employment import EmploymentForm
from registry.models.hardship import Hardship
from registry.models.people import Residence, Sex
from registry.models.standing import DisabilityCategory

NAMES: dict[str, Promise] = {
    "two_skill_coverage": _("两门以上技能掌握率"),
    "two_skill_coverage_snapshot": _("两门以上技能掌握率（按现状）"),
    "one_skill_short": _("只差一门的人数"),
    "two_skilled_employed": _("两门以上人员就业率"),
    "trained_persons": _("培训人数"),
    "trained_enrolments": _("培训人次"),
    "completion_rate": _("结业率"),
    "certification_rate": _("取证率"),
    **{
        f"external_certificates_{family}": format_lazy(_("取得的{family}"), family=family.label)
        for family in Family
    },
    "family_trained_persons": _("家庭成员培训人数"),
    "conversion_rate": _("就业转化率"),
    "retention_rate": _("稳定率"),
    "retention_unknown": _("去向不明的比例"),
    "new_employment": _("新增就业人数"),
    "re_employment": _("再次就业次数"),
    **{f"placements_{form}": format_lazy(_("{form}安置人数"), form=form.label) for form in EmploymentForm},
    "rural_base_placements": _("基地安置农村残疾人及家庭成员人数"),
    "public_welfare_terms_over": _("公益性岗位安置超过两次的人数"),
    "household_employment": _("困难家庭至少一人就业的比例"),
    "four_ones_coverage": _("“四个一”完成率"),
    "verification_coverage": _("基础信息核对率"),
    "assessment_coverage": _("职业能力评估率"),
    "need_registration_coverage": _("就业需求登记率"),
    "employment_service_coverage": _("就业服务率"),
    "one_three_one_coverage": _("“131”服务完成率"),
    "guidance_coverage": _("职业指导率"),
    "vacancy_coverage": _("岗位信息提供率"),
    "referral_coverage": _("培训项目推荐率"),
    "assistance_coverage": _("就业援助覆盖率"),
    "graduate_file_rate": _("毕业生建档率"),
    "graduate_service_rate": _("毕业生就业服务率"),
    "graduate_destination_rate": _("毕业生去向落实率"),
    "graduate_training_rate": _("毕业生就业培训率"),
    "graduate_tracking_rate": _("毕业生稳岗跟踪率"),
    "graduate_guidance_rate": _("毕业生就业指导率"),
    "outcome_lag": _("结果迟报率"),
    "employment_lag": _("就业迟报率"),
    "evidence_rate": _("就业佐证率"),
    "verification_rate": _("外部证书核验率"),
    "completeness": _("信息完整率"),
    # Of regions, targets and files, not of people.
    "base_coverage": _("培训基地覆盖率"),
    "target_attainment": _("目标完成率"),
    "validation_failure_rate": _("校验不通过率"),
}

DEFINITIONS: dict[str, Promise] = {
    "two_skill_coverage": _(
        "期内有一天符合四项条件（有培训需求、具备就业条件、在就业年龄段、未就业）的残疾人，一直计入到期末，就业以后也不退出；"
        "这里是他们当中已掌握两门以上就业技能的比例。"
    ),
    "two_skill_coverage_snapshot": _(
        "在统计日仍符合四项条件的残疾人中，已掌握两门以上就业技能的比例；已经就业的人不再计入。"
    ),
    "one_skill_short": _("纳入统计的残疾人中，恰好掌握一门就业技能的人数。"),
    "two_skilled_employed": _("纳入统计并已掌握两门以上就业技能的残疾人中，在统计日已就业的比例。"),
    "trained_persons": _("在期内开班的培训班至少结业一次的残疾人数，每人只计一次。"),
    "trained_enrolments": _(
        "残疾人在期内开班的培训班结业的人次，一个人结业几次就计几次；跨年的培训班按开班的年份计。"
    ),
    "completion_rate": _("残疾人在期内开班的培训班报名的人次中（不含取消的班），已经结业的比例。"),
    "certification_rate": _("上述结业的人次中，取得本系统的证书并且证书现在有效的比例。"),
    **{
        f"external_certificates_{family}": format_lazy(
            _("期内发证、已经核验并且在统计日有效的{family}的份数。"), family=family.label
        )
        for family in Family
    },
    "family_trained_persons": _(
        "在期内开班的培训班至少结业一次的残疾人家庭成员数；他们不计入残疾人的各项数字。"
    ),
    "conversion_rate": _("期内培训结业、开班时没有就业、观察期已满的残疾人中，在观察期内就业的比例。"),
    "retention_rate": _("培训后就业、已满规定月数并且知道去向的残疾人中，到那时仍在就业的比例。"),
    "retention_unknown": _("培训后就业、已满规定月数的残疾人中，不知道去向的比例；他们不计入稳定率。"),
    "new_employment": _("期内开始就业、而前一天没有就业的残疾人数，每人在一个统计期只计一次。"),
    "re_employment": _("计入新增就业以后，同一个人在期内又从没有就业转为就业的次数，单独列出。"),
    **{
        f"placements_{form}": format_lazy(
            _("期内开始就业、就业形式是“{form}”的残疾人数，不论此前是否就业。"), form=form.label
        )
        for form in EmploymentForm
    },
    "rural_base_placements": _(
        "期内通过基地开始就业的农村残疾人和农村重度（一级、二级）残疾人的家庭成员的人数。"
    ),
    "public_welfare_terms_over": _("到统计日为止由公益性岗位安置超过两次的残疾人数；规定最多两次。"),
    "household_employment": _(
        "脱贫户和防返贫监测对象中有劳动能力和就业意愿的农村残疾人，本人或家庭成员至少有一人就业的比例。"
    ),
    "four_ones_coverage": _(
        "期内曾在就业年龄段、未就业、有就业需求的残疾人中，基础信息核对、能力评估、需求登记、就业服务四项都做过的比例。"
    ),
    "verification_coverage": _("期内曾在就业年龄段、未就业的残疾人中，期内核对过基础信息的比例。"),
    "assessment_coverage": _("期内曾在就业年龄段、未就业、有就业需求的残疾人中，期内评估过职业能力的比例。"),
    "need_registration_coverage": _(
        "期内曾在就业年龄段、未就业、有就业需求的残疾人中，期内登记过就业需求的比例。"
    ),
    "employment_service_coverage": _(
        "期内曾在就业年龄段、未就业、有就业需求的残疾人中，期内得到过就业服务的比例。"
    ),
    "one_three_one_coverage": _(
        "重点监测的残疾人中，期内得到至少一次职业指导、三个岗位信息、一个培训项目推荐的比例。"
    ),
    "guidance_coverage": _("重点监测的残疾人中，期内得到至少一次职业指导的比例。"),
    "vacancy_coverage": _("重点监测的残疾人中，期内得到至少三个岗位信息的比例。"),
    "referral_coverage": _("重点监测的残疾人中，期内至少被推荐过一个培训项目的比例。"),
    "assistance_coverage": _(
        "期内曾在就业年龄段、未就业，并且属于任何一类困难人员的残疾人中，期内得到过服务（信息核对除外）的比例。"
    ),
    "graduate_file_rate": _("期内毕业的残疾人中，已建立“一人一策”服务档案的比例。"),
    "graduate_service_rate": _("期内毕业的残疾人中，期内得到过服务的比例。"),
    "graduate_destination_rate": _("期内毕业、有就业意愿的残疾人中，毕业后已经就业的比例。"),
    "graduate_training_rate": _("期内毕业、有培训需求的残疾人中，至少完成过一次培训的比例。"),
    "graduate_tracking_rate": _("期内毕业、毕业后就业已满六个月的残疾人中，做过六个月回访的比例。"),
    "graduate_guidance_rate": _("期内毕业、离校时没有就业的残疾人中，毕业后一年内得到过服务的比例。"),
    "outcome_lag": _("期内开班的培训班的结果中，结束三十天以后才登记的比例。"),
    "employment_lag": _("期内开始的就业经历中，开始三十天以后才登记的比例。"),
    "evidence_rate": _("期内开始的就业经历中，附有佐证材料的比例。"),
    "verification_rate": _("期内发证的外部证书中，已经核验的比例。"),
    "completeness": _(
        "统计到的残疾人中，电话、文化程度、民族、城乡、残疾人证、培训需求和就业状况都已登记的比例。"
    ),
    "base_coverage": _("某一级的地区中，至少有一个在册的同类基地的地区的比例。"),
    "target_attainment": _("实际数除以任务数；同时对照已经过去的时间。"),
    "validation_failure_rate": _("导入的行中，没有通过校验的比例。"),
}

GROUPS: dict[str, Promise] = {
    "goal": _("双技目标"),
    "training": _("培训"),
    "employment": _("就业"),
    "services": _("就业服务"),
    "graduates": _("毕业生"),
    "quality": _("数据质量"),
}

# `n` decides the plural, `shown` is the number as written.
UNITS: dict[str, Any] = {
    "persons": ngettext_lazy("%(shown)s 人", "%(shown)s 人", "n"),
    "enrolments": ngettext_lazy("%(shown)s 人次", "%(shown)s 人次", "n"),
    "households": ngettext_lazy("%(shown)s 户", "%(shown)s 户", "n"),
    "records": ngettext_lazy("%(shown)s 条", "%(shown)s 条", "n"),
}

# By what people are told apart: the part of a cell before its colon.
BREAKDOWNS: dict[str, Promise] = {
    "sex": _("性别"),
    "age": _("年龄段"),
    "residence": _("城乡"),
    "disability": _("残疾类别"),
    "grade": _("残疾等级"),
    "hardship": _("困难类别"),
    "category": _("培训类别"),
    "base": _("培训基地"),
}

_CELLS: dict[str, Any] = {
    "": _("全部人员"),
    "age:60+": _("60 岁以上"),
    "residence:unknown": _("城乡不明"),
    "disability:none": _("没有登记残疾人证"),
    "grade:1": _("一级"),
    "grade:2": _("二级"),
    "grade:3": _("三级"),
    "grade:4": _("四级"),
    "grade:none": _("没有登记残疾人证"),
    "hardship:none": _("不属于困难人员"),
    **{f"sex:{one}": one.label for one in Sex},
    **{f"residence:{one}": one.label for one in Residence},
    **{f"disability:{one}": one.label for one in DisabilityCategory},
    **{f"hardship:{one}": one.label for one in Hardship},
}


def cell_name(cell: str, names: Mapping[str, str] | None = None) -> str:
    """What a cell is called: "sex:male" is 男. `names` has names of rows by whole cell: "base:12", "category:massage"."""
    if cell in _CELLS:
        return str(_CELLS[cell])
    kind, _colon, value = cell.partition(":")
    if kind == "age":
        return gettext("%(band)s 岁") % {"band": value.replace("-", "–")}
    return (names or {}).get(cell, value)


def amount(unit: str, number: int) -> str:
    """A count in its unit: 12 人, 3 人次."""
    return str(UNITS[unit] % {"n": number, "shown": f"{number:,}"})
