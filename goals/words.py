"""Words of `goals`: refusals (see registry/words.py), and the seeded texts that are read in three languages."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

WORDS: dict[str, Promise] = {
    "export.statistics": _("统计表"),
    "nothing_to_release": _("这个季度的数字已经发布，或者还没有季度末的数字。"),
    "release_tells_few": _(
        "全省的数字或与以前发布的数字相比的变化只涉及一至四人，发布会让人推知个人情况，所以不能发布。"
    ),
    "regions_not_loaded": _("还没有这些地区：{regions}。请先运行 manage.py load_regions。"),
}

# `n` decides the plural, `shown` is the number as written.
UNITS: dict[str, Any] = {
    "人": ngettext_lazy("%(shown)s 人", "%(shown)s 人", "n"),
    "名": ngettext_lazy("%(shown)s 名", "%(shown)s 名", "n"),
    "人/户": ngettext_lazy("%(shown)s 人/户", "%(shown)s 人/户", "n"),
    "人次": ngettext_lazy("%(shown)s 人次", "%(shown)s 人次", "n"),
    "户": ngettext_lazy("%(shown)s 户", "%(shown)s 户", "n"),
    "次": ngettext_lazy("%(shown)s 次", "%(shown)s 次", "n"),
    "个": ngettext_lazy("%(shown)s 个", "%(shown)s 个", "n"),
    "家": ngettext_lazy("%(shown)s 家", "%(shown)s 家", "n"),
    "份": ngettext_lazy("%(shown)s 份", "%(shown)s 份", "n"),
    "门": ngettext_lazy("%(shown)s 门", "%(shown)s 门", "n"),
    "元": ngettext_lazy("%(shown)s 元", "%(shown)s 元", "n"),
    "月": ngettext_lazy("%(shown)s 个月", "%(shown)s 个月", "n"),
    "年": ngettext_lazy("%(shown)s 年", "%(shown)s 年", "n"),
    "倍": ngettext_lazy("%(shown)s 倍", "%(shown)s 倍", "n"),
}

# Who or what a target is counted for.
PER: dict[str, Promise] = {
    "region": _("全地区"),
    "person": _("每人"),
    "county": _("每个县区"),
    "district": _("每个区"),
    "prefecture": _("每个设区市"),
    "household": _("每户"),
    "business": _("每个经营主体"),
    "employer": _("每个用人单位"),
    "federation": _("每个残联"),
    "applicant": _("每个申请人"),
    "agricultural district": _("每个涉农区"),
}

# Texts of goals/seeds/targets.json: listed here so that they are translated like all others.
SEEDED: list[Promise] = [
    _("城乡新增残疾人就业"),
    _("有培训需求和就业条件的就业年龄段未就业残疾人掌握的就业技能门数"),
    _(
        "“至少”和“以上”都包含本数，按 2 门及以上理解。文件没有规定完成比例，这里跟踪的是达到 2 门的人员所占比例。"
    ),
    _("基础信息核对"),
    _("职业能力评估"),
    _("只有天水的文件写明“每年”，天津、江西和盘锦没有。"),
    _("就业需求登记"),
    _("就业服务"),
    _("县区年度落实情况报送"),
    _("“年底”按 12 月 31 日理解，文件没有写明具体日期。经开区不是国家标准中的县区，但也要报送。"),
    _("县区政策落实情况和绩效评估"),
    _("市级全面考核评估"),
    _("一次性创业补贴"),
    _("创业补贴: 正常运营时长"),
    _("农村残疾人脱贫户和防返贫监测对象家庭至少1人就业"),
    _("县区残疾人就业专场招聘"),
    _("编制50人(含)以上机关安排残疾人"),
    _("“十四五”期间指 2021—2025 年。"),
    _("烟草零售点间距比例"),
    _("只适用于肢体二、三、四级残疾人。"),
    _("区残工委办提交执行情况年度报告"),
    _("向国务院残工委办报送落实情况"),
    _("“每年底”按 12 月 31 日理解，文件没有写明具体日期。"),
    _("政策落实情况和效果评估"),
    _("编制50人/67人以上单位安排残疾人"),
    _("涉农区残疾人辅助性就业工作站覆盖率"),
    _("“全覆盖”按 100% 理解；文件没有列出涉农区名单。"),
    _("公益性岗位安置残疾人就业"),
    _("各设区市残疾人职业技能培训基地"),
    _("各设区市残疾人创业孵化基地"),
    _("各县(市、区)挂牌残疾人职业培训基地"),
    _("这一句承接句首的“到2024年”。"),
    _("残疾人高校毕业生建档率"),
    _("残疾人高校毕业生就业服务率"),
    _("有就业意愿的残疾人高校毕业生去向落实率"),
    _("有就业培训需求的残疾人毕业生就业培训"),
    _("已就业残疾人毕业生稳岗留岗动态跟踪"),
    _("离校未就业残疾人毕业生不断线就业指导"),
    _("“131”服务: 职业指导"),
    _("“131”服务: 岗位信息"),
    _("“131”服务: 推荐培训项目"),
    _("设区市残工委向省残工委报送落实情况"),
    _("“年底”按 12 月 31 日理解，文件没有写明具体日期。"),
    _("省级政策落实情况和效果评估"),
    _("省级总结评估"),
    _("阳光助残就业(创业)基地安置农村残疾人或重度残疾人家庭成员"),
    _("残疾人家庭成员也计算在内，不限于持证残疾人。"),
    _("按比例安排残疾人就业"),
    _("超比例安排奖励(月最低工资倍数/人/年)"),
    _("公益性岗位累计安置次数"),
    _("首次就业创业后低保延退"),
    _("就业后低保延期退出，与民政部门共享就业信息须经本人同意并保证准确。"),
    _("残疾人辅助性就业机构县级覆盖率"),
    _("超比例安排奖励门槛"),
    _("未达1.5%的机关事业单位制定2023-2025年招录(聘)计划并报残工委办备案"),
    _("城乡残疾人培训"),
    _("按“人”统计，不按“人次”；全国的实名培训报表用“人次”，所以两个数字都列出。"),
    _("县(区)残工委年度上报"),
    _("每年上报，文件没有写明日期；报告包括落实情况、工作成效、经验做法、存在问题四部分。"),
    _("政策落实情况督促检查和效果评估"),
    _("县级以上残联机关干部中残疾人比例"),
    _("这是对天津市方案的新闻报道，重复同一目标，不另行累加。"),
]
