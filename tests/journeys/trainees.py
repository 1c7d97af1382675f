"""Nine trainees of one class, and the roster that their base makes of them: right people, messy cells."""

from dataclasses import dataclass

from tests.courses.workbooks import messy

BORN = "19900315"


@dataclass(frozen=True)
class Trainee:
    """A person as their papers say; an odd `order` is male."""

    name: str
    order: int
    score: str = "85"
    comes: bool = True

    @property
    def citizen_id(self) -> str:
        return messy.citizen_id(born=BORN, order=self.order)

    @property
    def disability_number(self) -> str:
        return f"{self.citizen_id}43"

    @property
    def passes(self) -> bool:
        return self.comes and float(self.score) >= 60


def _ending_in_x() -> int:
    return next(order for order in range(101, 999) if messy.citizen_id(born=BORN, order=order).endswith("X"))


MA = Trainee("马建国", 11)
GULI = Trainee("阿依古丽·麦麦提", 12, score="92.5")
LI = Trainee("李明", 13)
WANG = Trainee("王秀英", 14, score="", comes=False)
ZHAO = Trainee("赵小军", 15, score="55")
CHEN = Trainee("陈䶮", 17, score="60")
ZHOU = Trainee("周海霞", 18)
SUN = Trainee("孙伟", 19)
XU = Trainee("徐文静", _ending_in_x())

CLASS = (MA, GULI, LI, WANG, ZHAO, CHEN, ZHOU, SUN, XU)
KNOWN = (MA, GULI, LI, WANG, ZHAO, ZHOU)
ONE_SKILL = (MA, GULI)
CERTIFIED = tuple(trainee for trainee in CLASS if trainee.passes)
WRONG_ID = ZHOU.citizen_id[:17] + ("0" if ZHOU.citizen_id[17] != "0" else "1")
"""Zhou's number with its last character mistyped."""

TO_CORRECT = (
    (ZHOU, "第 10 行 身份证号", "最后一位校验不符，其中有一位写错了。请对照身份证改正。"),
    (
        SUN,
        "第 11 行 身份证号",
        "身份证号列须为文本格式：Excel 把号码当成数字，末尾几位已经丢失。请对照身份证，重新填写 18 位号码。",
    ),
)
"""Whose number has to be put right, in which cell, and what is said of it."""

LABELS = ("序号", "学员姓名", "性别", "身份证号码", "残疾证号", "家庭住址", "手机号码", "就业情况")


def roster() -> bytes:
    """The workbook: titles, other names for the columns, a merged address, blanks, a numeric and a wrong number."""
    rows = [_row(at, trainee) for at, trainee in enumerate(CLASS, 1)]
    cells = dict(zip((trainee.name for trainee in CLASS), rows, strict=True))
    cells[GULI.name]["学员姓名"] = "阿依古丽•麦麦提"
    cells[LI.name]["学员姓名"] = "李　明"
    cells[ZHOU.name]["身份证号码"] = WRONG_ID
    cells[SUN.name]["身份证号码"] = int(SUN.citizen_id[:17] + "0")
    spaced = XU.citizen_id.lower()
    cells[XU.name]["身份证号码"] = f" {spaced[:6]} {spaced[6:14]} {spaced[14:]}"
    return messy.messy_roster(
        rows,
        labels=LABELS,
        title_rows=(
            "天水市秦州区残疾人职业技能培训班学员花名册",
            "培训项目：直播销售　　填报单位（盖章）：秦州区启明职业培训学校",
        ),
        merged={"家庭住址": (0, len(rows) - 1)},
    )


def _row(number: int, trainee: Trainee) -> dict[str, object]:
    return {
        "序号": number,
        "学员姓名": trainee.name,
        "性别": "男" if trainee.order % 2 else "女",
        "身份证号码": trainee.citizen_id,
        "残疾证号": trainee.disability_number,
        "家庭住址": "天水市秦州区" if number == 1 else None,
        "手机号码": f"138 0938 {number:04}",
        "就业情况": "未就业",
    }
