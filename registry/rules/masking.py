"""How personal data looks when the reader has no need of all of it.

Every mask also takes a text that failed its checks, such as a bad cell of a roster, and then shows less.
"""

from registry.rules.names import DOTS

STAR = "*"

# 复姓 in use today, in both scripts; masking 欧阳修 as 欧** would show half a surname.
_COMPOUND_SURNAME_LIST = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 "
    "宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 "
    "司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 "
    "东郭 南门 羊舌 微生 梁丘 左丘 西门 第五 南荣 东里 仲长 即墨 达奚 褚师 纳兰 完颜 叶赫 "
    "歐陽 東方 獨孤 南宮 聞人 諸葛 尉遲 赫連 澹臺 濮陽 公孫 仲孫 鍾離 長孫 鮮于 司馬 顓孫 "
    "軒轅 東郭 南門 西門 納蘭 完顏 葉赫"
)
_COMPOUND_SURNAMES = frozenset(_COMPOUND_SURNAME_LIST.split())


def mask_name(name: str) -> str:
    """张三 → 张*, 欧阳修文 → 欧阳**, 古丽娜·买买提 → 古丽*·***; a name of one character shows none of it."""
    shown = _shown_part(name)
    rest = name[len(shown) :]
    return shown + "".join(c if c in DOTS or c.isspace() else STAR for c in rest)


def spoken_mask_name(name: str) -> str:
    """The masked name as a person says it, for screen readers: 张某, 欧阳某, 古丽某."""
    return f"{_shown_part(name)}某"


def mask_citizen_id(text: str) -> str:
    """620502********0026: region and last four; anything that is not 18 characters long is hidden whole."""
    return f"{text[:6]}{STAR * 8}{text[-4:]}" if len(text) == 18 else STAR * len(text)


def mask_disability_number(text: str) -> str:
    """620502********0026** and a re-issue mark: category and grade are never shown."""
    if len(text) < 20:
        return STAR * len(text)
    return f"{mask_citizen_id(text[:18])}{STAR * 2}{text[20:]}"


def mask_phone(text: str) -> str:
    """138****1234; of a shorter or longer number only the last two digits."""
    if len(text) == 11 and text.startswith("1"):
        return f"{text[:3]}{STAR * 4}{text[-4:]}"
    return STAR * (len(text) - 2) + text[-2:] if len(text) > 4 else STAR * len(text)


def _shown_part(name: str) -> str:
    """The surname; of a name in parts, two characters of the first part, or one where it is short."""
    first = next((i for i, c in enumerate(name) if c in DOTS or c.isspace()), len(name))
    if first < len(name) and first > 2 and not name[0].isascii():
        return name[:2]
    if len(name) > 2 and name[:2] in _COMPOUND_SURNAMES:
        return name[:2]
    return name[:1] if len(name) > 1 else ""
