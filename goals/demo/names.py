"""Plausible invented names: two to four characters, names with a middle dot, and characters outside the common set."""

from random import Random

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
COMPOUND_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "慕容", "皇甫", "尉迟", "端木")
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志海燕春梅文辉鹏飞雪琴晓东成林永祥福贵凤莲德全"
    "俊峰淑珍宝山银花长生天佑慧巧云翠香金凤喜旺小满雨晴思远子涵浩然欣怡梓轩若曦景行知行守信怀瑾"
)
# Hui families of 张家川, and names as they are written with a middle dot.
HUI_SURNAMES = "马穆哈虎丁白海沙喇撒"
DOTTED = (
    "古丽娜尔·买买提",
    "阿依夏木·托合提",
    "玛依拉·艾山",
    "热依汗·吐尔逊",
    "卓玛·次仁",
    "扎西·多吉",
    "乌兰·其木格",
    "苏和·巴特尔",
    "阿卜杜拉·麦麦提",
    "其其格·道尔吉",
)
# In the register, missing from old input methods: GB 18030 extension characters.
RARE_GIVEN = ("㛃", "䶮", "𠅤", "𬱖", "𬭎", "喆", "堃", "犇", "赟", "翀")


def invented_name(random: Random, *, hui: bool = False) -> str:
    """A name as an ID card would show it."""
    draw = random.random()
    if draw < 0.006:
        return random.choice(DOTTED)
    if draw < 0.016:
        return random.choice(COMPOUND_SURNAMES) + "".join(random.sample(GIVEN, random.choice((1, 2))))
    surname = random.choice(HUI_SURNAMES if hui and random.random() < 0.6 else SURNAMES)
    if draw < 0.026:
        return surname + random.choice(RARE_GIVEN)
    return surname + "".join(random.sample(GIVEN, 1 if random.random() < 0.22 else 2))
