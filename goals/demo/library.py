"""The demo's learning resources: films, recordings, texts and links; one of them still without its text version."""

from datetime import date

from courses.actions import resources
from courses.actions.resources import About
from courses.models import Skill
from registry.models import Region, TrainingBase
from registry.rules.access import SYSTEM

PUT_THERE_ON = date(2024, 3, 1)
REGION = "620500"
BASE = "天水市秦州区明心按摩职业培训学校"
PROVIDER = "天水市职业技能培训登记平台"

# Title, skill, format, minutes, accessible formats, summary, text version.
_SHELF = (
    (
        *("直播第一课：打开手机，开始直播", "livestreaming", "text", 10, ("large_print", "audio")),
        "一步一步打开直播，介绍一件商品。",
        (
            "第一步，打开直播软件，登录自己的账号。\n\n第二步，点屏幕下方中间的加号，选“开直播”。\n\n"
            "第三步，把手机横放在支架上，镜头对着商品。\n\n第四步，先问好，再说商品的名称、产地和价格。"
        ),
    ),
    (
        *("给商品拍一张好照片", "livestreaming", "text", 8, ("transcript",)),
        "用一部手机和一张白纸，拍出干净的商品照片。",
        "白天把商品放在窗边。后面竖一张白纸。手机和商品一样高，离一臂远。轻点屏幕上的商品，再按拍照键。",
    ),
    (
        *("肩颈按摩的三个手法", "health-massage", "text", 15, ("audio", "braille", "transcript")),
        "学会揉、拿、按三个手法，知道什么时候要停。",
        (
            "揉：用掌根贴住肩上的肌肉，慢慢画圈，一分钟二十圈。\n\n拿：拇指和四指相对，提起肌肉，再放松。\n\n"
            "按：拇指放在酸痛的地方，慢慢往下按，停三秒，再慢慢松开。客人说疼，马上停。"
        ),
    ),
    (
        *("包装一份水果礼盒", "livestreaming", "text", 12, ("sign_language", "captions", "transcript")),
        "选果、垫纸、封箱，让水果在路上不碰伤。",
        "挑大小一样、没有伤的水果。箱底垫一层软纸，一个一格放好。盖上软纸，用胶带封成“工”字。",
    ),
    (
        *("求职面试怎样准备", "livestreaming", "text", 9, ("audio", "large_print")),
        "面试前一天做什么，到了以后怎样介绍自己。",
        "前一天：问清地址和时间，把身份证和证书放进包里。当天：早到十分钟。介绍自己用三句话：叫什么，学过什么，想做什么。",
    ),
    (
        *("手法练习录音", "health-massage", "link", 20, ("audio",)),
        "跟着节拍练习手法，适合在家复习。",
        "录音里先报手法的名称，再打节拍。揉，一分钟二十圈，连做三分钟。拿，一分钟十五次，连做三分钟。",
    ),
    (
        *("直播间的灯光和声音", "livestreaming", "link", 18, ()),
        "看一段视频，学会摆灯和试音。",
        "",
    ),
)


def fill_the_shelves() -> None:
    """Seven public resources: the base keeps those on massage, the federation the others."""
    region = Region.objects.get(code=REGION)
    base = TrainingBase.objects.select_related("region").get(name=BASE)
    skills = {skill.code: skill for skill in Skill.objects.filter(code__in={row[1] for row in _SHELF})}
    for number, (title, skill, medium, minutes, accessible, summary, text) in enumerate(_SHELF, 1):
        is_massage = skill == "health-massage"
        about = About(
            title=title,
            skill=skills[skill],
            format=medium,
            summary=summary,
            provider=base.public_name if is_massage else PROVIDER,
            link=f"https://example.com/lessons/{number}" if medium == "link" else "",
            accessible_formats=accessible,
            text_alternative=text,
            minutes=minutes,
            is_public=True,
        )
        made = resources.create(
            by=SYSTEM,
            on=PUT_THERE_ON,
            region=region,
            base=base if is_massage else None,
            about=about,
            # What is text is its own file: it can be taken along.
            data=text.encode() if medium == "text" else b"",
        )
        resources.publish(by=SYSTEM, on=PUT_THERE_ON, resource=made)
