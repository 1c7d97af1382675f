"""What a certificate must not say: that its holder has a disability, or that it is something it is not.

A certificate is handed to employers, and its page is open to anyone. Disability is sensitive personal
information (个人信息保护法 §28), so nothing printed may disclose it, not even by the name of a course
(docs/domain.md §5.6, "Mind the inference"). The decision, word by word:

- A skill's or course's name drops the words that name the trainees and keeps the trade: 盲人保健按摩 is
  printed as 保健按摩. It is the same occupation, and the registry's own name stays in its tables.
- A title that discloses is refused: whoever chose it must choose another.
- A training base or federation cannot be renamed by us, and registering one refuses such a printed name.
  Where an old one still has it, the base's is warned of before issuing; the federation's is left out.
"""

from collections.abc import Iterable

from registry.rules import disclosure

DEFAULT_TITLE = "职业技能培训合格证书"
"""Title of the `completion` family (docs/domain.md §4.2)."""

# Beyond the words of the registry's names: what a title or a course name might say.
# An installation adds its own in the setting DISCLOSING_WORDS.
_MORE = """
失明 视力障碍 低视力 听力障碍 言语障碍 肢障 肢体障碍
智力障碍 精神障碍 自闭症 孤独症 脑瘫 伤残 傷殘 特殊教育 特教 autis
"""
_MORE_WORDS = tuple(_MORE.split())

# Longest first, so that 残疾人士 does not leave 士 behind.
_WITH_TRAINEES = """
持证残疾人 听力障碍者 视力障碍者 残疾人士 残障人士 视障人士 听障人士 残疾人 残障者
聋哑人 视障者 听障者 盲人 聋人 残疾 残障 视障 听障 聋哑
"""
_TRAINEES = tuple(_WITH_TRAINEES.split())
_BEFORE_TRAINEES = ("面向", "针对", "适合")

MISLEADING = (
    "医疗按摩",
    "醫療按摩",
    "职业资格",
    "职业技能等级",
    "专项职业能力",
    "毕业证",
    "学位",
    "学历",
    "职称",
)
"""Names of other authorities' certificates (docs/domain.md §4.2); 医疗按摩 takes a national examination."""


def disclosing_word(text: str, extra: Iterable[str] = ()) -> str:
    """A word in the text that discloses a disability, or ""."""
    folded = text.casefold()
    more = (word for word in [*_MORE_WORDS, *extra] if word and word.casefold() in folded)
    return disclosure.disclosing_word(text) or next(more, "")


def misleading_word(title: str) -> str:
    """The first word that makes a title look like another authority's certificate, or ""."""
    return next((word for word in MISLEADING if word in title), "")


def neutral_name(name: str, extra: Iterable[str] = ()) -> str:
    """The name of a skill or course without the words for its trainees.

    "" when what is left still discloses, or names nothing.
    """
    if not disclosing_word(name, extra):
        return name
    for word in _TRAINEES:
        for before in _BEFORE_TRAINEES:
            name = name.replace(f"{before}{word}的", "").replace(f"{before}{word}", "")
        name = name.replace(f"{word}的", "").replace(word, "")
    name = name.replace("()", "").replace("（）", "").strip(" 　·-—的")
    return "" if len(name) < 2 or disclosing_word(name, extra) else name
