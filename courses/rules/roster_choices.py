"""The words that a roster uses for a fixed choice, and the key each stands for."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from registry.rules.citizen_ids import Sex
from registry.rules.disability_numbers import DisabilityCategory
from registry.rules.hardship import Hardship


class PersonKind(StrEnum):
    """Why someone may take part: family members and injured workers need no disability certificate."""

    DISABLED = "disabled"
    HOUSEHOLD_MEMBER = "household_member"
    WORK_INJURY = "work_injury"


class Residence(StrEnum):
    """户口性质; the targets of the plans are split by it (城乡)."""

    URBAN = "urban"
    RURAL = "rural"


class Employment(StrEnum):
    """就业状况 on the day of the roster."""

    EMPLOYED = "employed"
    UNEMPLOYED = "unemployed"


class AccessNeed(StrEnum):
    """What a base must provide for someone to take part; asked for itself, never inferred from a category."""

    SCREEN_READER = "screen_reader"
    BRAILLE = "braille"
    LARGE_PRINT = "large_print"
    SIGN_LANGUAGE = "sign_language"
    CAPTIONS = "captions"
    WHEELCHAIR = "wheelchair"
    COMPANION = "companion"
    HOME_TEACHING = "home_teaching"


class Education(StrEnum):
    """文化程度, from none to postgraduate."""

    NONE = "none"
    PRIMARY = "primary"
    JUNIOR = "junior"
    SENIOR = "senior"
    SECONDARY_VOCATIONAL = "secondary_vocational"
    COLLEGE = "college"
    BACHELOR = "bachelor"
    POSTGRADUATE = "postgraduate"


SEXES = {"男": Sex.MALE, "男性": Sex.MALE, "女": Sex.FEMALE, "女性": Sex.FEMALE}

# The first spellings are what a blank form offers.
PERSON_KINDS = {
    "残疾人": PersonKind.DISABLED,
    "残疾人家庭成员": PersonKind.HOUSEHOLD_MEMBER,
    "工伤伤残职工": PersonKind.WORK_INJURY,
}
OTHER_PERSON_KINDS = {
    "持证残疾人": PersonKind.DISABLED,
    "残疾人学员": PersonKind.DISABLED,
    "残疾人本人": PersonKind.DISABLED,
    "本人": PersonKind.DISABLED,
    "家庭成员": PersonKind.HOUSEHOLD_MEMBER,
    "残疾人家属": PersonKind.HOUSEHOLD_MEMBER,
    "残疾人亲属": PersonKind.HOUSEHOLD_MEMBER,
    "家属": PersonKind.HOUSEHOLD_MEMBER,
    "亲属": PersonKind.HOUSEHOLD_MEMBER,
    "重度残疾人家庭成员": PersonKind.HOUSEHOLD_MEMBER,
    "工伤": PersonKind.WORK_INJURY,
    "工伤职工": PersonKind.WORK_INJURY,
    "工伤残疾职工": PersonKind.WORK_INJURY,
    "工伤人员": PersonKind.WORK_INJURY,
}
HARDSHIP = {
    "低保": Hardship.SUBSISTENCE_ALLOWANCE,
    "脱贫户": Hardship.LIFTED_HOUSEHOLD,
    "监测对象": Hardship.MONITORED_HOUSEHOLD,
    "高校毕业生": Hardship.GRADUATE,
    "零就业家庭": Hardship.ZERO_EMPLOYMENT_FAMILY,
    "一户多残": Hardship.SEVERAL_DISABLED,
    "特困": Hardship.DESTITUTE,
    "就业困难人员": Hardship.HARD_TO_EMPLOY,
    "边缘易致贫户": Hardship.MARGINAL_HOUSEHOLD,
    "脱贫不稳定户": Hardship.UNSTABLE_HOUSEHOLD,
    "突发严重困难户": Hardship.SUDDEN_HOUSEHOLD,
    "长期失业": Hardship.LONG_TERM_UNEMPLOYED,
}
OTHER_HARDSHIP = {
    "低保户": Hardship.SUBSISTENCE_ALLOWANCE,
    "低保对象": Hardship.SUBSISTENCE_ALLOWANCE,
    "城乡低保": Hardship.SUBSISTENCE_ALLOWANCE,
    "最低生活保障": Hardship.SUBSISTENCE_ALLOWANCE,
    "建档立卡": Hardship.LIFTED_HOUSEHOLD,
    "建档立卡户": Hardship.LIFTED_HOUSEHOLD,
    "脱贫人口": Hardship.LIFTED_HOUSEHOLD,
    "监测户": Hardship.MONITORED_HOUSEHOLD,
    "防返贫监测对象": Hardship.MONITORED_HOUSEHOLD,
    "边缘户": Hardship.MARGINAL_HOUSEHOLD,
    "边缘易致贫": Hardship.MARGINAL_HOUSEHOLD,
    "脱贫不稳定": Hardship.UNSTABLE_HOUSEHOLD,
    "突发严重困难": Hardship.SUDDEN_HOUSEHOLD,
    "大学毕业生": Hardship.GRADUATE,
    "应届高校毕业生": Hardship.GRADUATE,
    "毕业生": Hardship.GRADUATE,
    "零就业": Hardship.ZERO_EMPLOYMENT_FAMILY,
    "特困人员": Hardship.DESTITUTE,
    "特困供养": Hardship.DESTITUTE,
    "五保户": Hardship.DESTITUTE,
    "就业困难": Hardship.HARD_TO_EMPLOY,
    "长期失业人员": Hardship.LONG_TERM_UNEMPLOYED,
}
RESIDENCE = {"城镇": Residence.URBAN, "农村": Residence.RURAL}
OTHER_RESIDENCE = {
    **dict.fromkeys(
        ("非农", "非农业", "非农户口", "非农业户口", "城市", "城镇户口", "城镇居民", "居民"), Residence.URBAN
    ),
    **dict.fromkeys(("农业", "农户", "农业户口", "农村户口", "农村居民", "农民"), Residence.RURAL),
}
EMPLOYMENT = {"未就业": Employment.UNEMPLOYED, "已就业": Employment.EMPLOYED}
OTHER_EMPLOYMENT = {
    **dict.fromkeys(("无业", "失业", "待业", "无", "否", "登记失业", "务农"), Employment.UNEMPLOYED),
    **dict.fromkeys(
        ("就业", "在业", "在岗", "在职", "是", "灵活就业", "自主创业", "个体"), Employment.EMPLOYED
    ),
}
EDUCATION = {
    "文盲": Education.NONE,
    "小学": Education.PRIMARY,
    "初中": Education.JUNIOR,
    "高中": Education.SENIOR,
    "中专": Education.SECONDARY_VOCATIONAL,
    "大专": Education.COLLEGE,
    "本科": Education.BACHELOR,
    "研究生": Education.POSTGRADUATE,
}
OTHER_EDUCATION = {
    **dict.fromkeys(("半文盲", "文盲半文盲", "未上过学", "无", "不识字", "未受教育"), Education.NONE),
    **dict.fromkeys(("小学及以下", "小学毕业", "小学文化"), Education.PRIMARY),
    **dict.fromkeys(("初中毕业", "初级中学", "初中文化", "初中及以下"), Education.JUNIOR),
    **dict.fromkeys(("普通高中", "高级中学", "高中毕业", "高中文化", "职高"), Education.SENIOR),
    **dict.fromkeys(
        ("中技", "技校", "中等专科", "中职", "职业高中", "中等职业教育"), Education.SECONDARY_VOCATIONAL
    ),
    **dict.fromkeys(("专科", "大学专科", "高职", "大专及以上"), Education.COLLEGE),
    **dict.fromkeys(("大学", "大学本科", "学士"), Education.BACHELOR),
    **dict.fromkeys(("硕士", "博士", "硕士研究生", "博士研究生"), Education.POSTGRADUATE),
}
# A cell may say more than the word (需轮椅通道), so these are looked for inside it.
ACCESS_NEEDS = {
    AccessNeed.SCREEN_READER: ("读屏", "屏幕阅读", "语音"),
    AccessNeed.BRAILLE: ("盲文", "点字"),
    AccessNeed.LARGE_PRINT: ("大字", "助视", "放大"),
    AccessNeed.SIGN_LANGUAGE: ("手语",),
    AccessNeed.CAPTIONS: ("字幕", "速录"),
    AccessNeed.WHEELCHAIR: ("轮椅", "坡道", "无障碍通道"),
    AccessNeed.COMPANION: ("陪护", "陪同", "护理", "照护"),
    AccessNeed.HOME_TEACHING: ("送教", "上门", "居家"),
}
YES_NO = ("有", "无")
NEED = {
    **dict.fromkeys(
        ("有", "是", "有需求", "需要", "有意愿", "愿意", "有培训需求", "有就业需求", "√", "✓"), True
    ),
    **dict.fromkeys(("无", "否", "没有", "无需求", "不需要", "无意愿", "不愿意", "×"), False),
}
CATEGORIES = dict(
    zip(("视力", "听力", "言语", "肢体", "智力", "精神", "多重"), DisabilityCategory, strict=True)
)
GRADES = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}

# The 56 ethnic groups of GB/T 3304-1991, in its order.
_ETHNIC_GROUP_LIST = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 "
    "傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 "
    "阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
ETHNIC_GROUPS = tuple(f"{group}族" for group in _ETHNIC_GROUP_LIST.split())

_NOISE = re.compile(r"[\s\u200b\ufeff]+")
_SEPARATORS = re.compile(r"[、,;/|+和及]")


def normal(text: str) -> str:
    """A choice without widths and blanks."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text))


def several(text: str) -> list[str]:
    """The choices in a cell that holds more than one: 低保、残疾人."""
    return [part for part in _SEPARATORS.split(normal(text)) if part]


def ethnic_group(text: str) -> str | None:
    """The group in full (汉 → 汉族), or None when there is no such group."""
    name = normal(text).removesuffix("族") + "族"
    return name if name in ETHNIC_GROUPS else None


def access_needs(text: str) -> tuple[AccessNeed, ...]:
    """Every need that the words of a cell speak of."""
    said = normal(text)
    return tuple(need for need, words in ACCESS_NEEDS.items() if any(word in said for word in words))


def category(text: str) -> DisabilityCategory | None:
    """视力, 视力残疾, 视力残疾人, or the digit 1."""
    name = normal(text)
    if name in "1234567" and len(name) == 1:
        return list(DisabilityCategory)[int(name) - 1]
    return CATEGORIES.get(name.removesuffix("人").removesuffix("残疾").removesuffix("残"))


def grade(text: str) -> int | None:
    """一级, 1级, 1; None for anything else."""
    return GRADES.get(normal(text).removesuffix("残疾").removesuffix("级"))


def find(text: str, *choices: Mapping[str, StrEnum]) -> StrEnum | None:
    """The key of the first mapping that knows the words."""
    name = normal(text)
    return next((known[name] for known in choices if name in known), None)
