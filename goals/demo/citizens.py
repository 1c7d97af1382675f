"""Invented people as a roster would list them. IDs have right check digits and belong to nobody on purpose."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from goals.demo.names import invented_name

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
# 残疾类别 digit by what a base teaches: massage for those who cannot see, crafts and e-commerce mostly for others.
_CATEGORIES = {
    "blind_massage": "1111111147",
    "heritage": "2224444467",
    "e_commerce": "2344444417",
    "rural": "2444444516",
    "general": "1234444567",
}
WOMEN_BORN_FROM = 1970
_WORDS_OF_CATEGORY = {
    "1": "视力",
    "2": "听力",
    "3": "言语",
    "4": "肢体",
    "5": "智力",
    "6": "精神",
    "7": "多重",
}
_EDUCATION = ("小学", "初中", "初中", "初中", "高中", "中专", "大专", "本科")
_GROUPS = ("", "", "", "低保", "脱贫户", "监测对象", "一户多残", "零就业家庭", "高校毕业生")


@dataclass(frozen=True)
class Citizen:
    """One line of a roster, as text."""

    name: str
    sex: str
    citizen_id: str
    disability_number: str
    ethnicity: str
    education: str
    residence: str
    phone: str
    employment: str
    training_need: str
    group: str
    access_needs: str


def check_digit(body: str) -> str:
    """The eighteenth character of a citizen ID (GB 11643, ISO 7064 MOD 11-2)."""
    return _CHECK[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True)) % 11]


def invented_citizen(random: Random, *, county: str, category: str, taken: set[str]) -> Citizen:
    """A person of working age with an ID not in `taken` (which it joins). `county` is the six-digit code."""
    hui = county == "620525"
    while True:
        male = random.random() < 0.56
        born = date(1966, 1, 1) + timedelta(days=random.randrange(0, 39 * 365))
        if not male and born.year < WOMEN_BORN_FROM:  # 就业年龄段 ends earlier for women
            born = born.replace(year=born.year + 4)
        serial = random.randrange(1, 499) * 2 + (1 if male else 0)
        body = f"{county}{born:%Y%m%d}{serial:03d}"
        citizen_id = body + check_digit(body)
        if citizen_id not in taken:
            taken.add(citizen_id)
            break
    kind = random.choice(_CATEGORIES[category])
    reissue = random.choice(("", "", "", "", "", "", "", "", "", "B1"))
    certified = random.random() > 0.02
    needs = {"1": "读屏", "2": "手语", "4": "轮椅"}.get(kind, "")
    return Citizen(
        name=invented_name(random, hui=hui),
        sex="男" if male else "女",
        citizen_id=citizen_id,
        disability_number=f"{citizen_id}{kind}{random.choice('1223344')}{reissue}" if certified else "",
        ethnicity="回族" if hui and random.random() < 0.7 else "汉族",
        education=random.choice(_EDUCATION),
        residence=random.choice(("农村", "农村", "城镇")),
        phone=f"1{random.choice('35789')}{random.randrange(10**9):09d}",
        employment="未就业" if random.random() < 0.93 else "已就业",
        training_need="有",
        group=random.choice(_GROUPS) if certified else "家庭成员",
        access_needs=needs if random.random() < 0.7 else "",
    )
