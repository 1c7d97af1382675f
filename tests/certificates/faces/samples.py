"""Certificates to draw in the tests: real shapes, invented people."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

from PIL import Image, ImageDraw

from certificates.faces import fonts
from certificates.faces.built_in import SHORT_LABELS
from certificates.faces.face import Face, Picture, Second, Words

# 278 digits: the measured length of a signed fragment (ES256 over seven claims).
FRAGMENT = str(pow(7, 329))[:278]
URL = f"HTTPS://CERT.EXAMPLE.CN/C/7K3M9QXR4T2W#{FRAGMENT}"

WORDS = Words(
    certifies="兹证明",
    statement="完成下列培训，考核合格，特发此证。",
    course="培训课程",
    skill="技能",
    level="等级",
    hours="课时",
    period="培训时间",
    base="培训机构",
    issuer="主管单位",
    issued="发证日期",
    seal="（盖章处）",
    number="证书编号",
    code="查验码",
    address="查验网址",
    instruction="用手机扫描二维码，或打开查验网址输入查验码，即可核对本证书的真伪和当前状态。",
    qr_alt="查验二维码，在本页左下角。用手机相机扫描，可核对本证书的真伪和当前状态。",
)
FACE = Face(
    language="zh-Hans",
    words=WORDS,
    title="培训合格证书",
    holder_name="王晓梅",
    course_name="保健按摩初级班",
    skill_name="保健按摩",
    level_text="五级／初级工",
    hours=120,
    starts_on=date(2023, 3, 1),
    ends_on=date(2023, 6, 30),
    issued_on=date(2023, 7, 5),
    base_name="天水市麦积区仁和职业培训学校",
    issuer_name="天水市就业服务中心",
    number="TS23 0048 7K2M 9Q4X",
    code="7K3M 9QXR 4T2W",
    url=URL,
    verify_address="cert.example.cn",
)
ENGLISH_WORDS = Words(
    certifies="This is to certify that",
    statement="has completed the training below and passed its assessment.",
    course="Course",
    skill="Skill",
    level="Level",
    hours="Class hours",
    period="Dates",
    base="Training provider",
    issuer="Supervised by",
    issued="Issued on",
    seal="(seal)",
    number="Number",
    code="Code",
    address="Check at",
    instruction="Scan the QR code with a phone, or open the address and type the code, to see whether this "
    "certificate is genuine and in force today.",
    qr_alt="QR code for checking, at the bottom left of this page. Scan it with a phone camera to see "
    "whether this certificate is genuine and in force.",
)
ENGLISH_FACE = replace(
    FACE,
    language="en",
    words=ENGLISH_WORDS,
    title="Certificate of Training",
    level_text="Level 5 (junior)",
)


def a_logo() -> Picture:
    """A wide mark in three colours on nothing, as a designer sends it."""
    picture = Image.new("RGBA", (900, 240), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((8, 8, 224, 224), 40, fill=(20, 90, 160, 255))
    pen.ellipse((62, 62, 170, 170), fill=(240, 190, 40, 255))
    pen.text((260, 60), "技能培训中心", font=fonts.sized(fonts.SANS, 100), fill=(20, 90, 160, 255))
    return Picture(png=_png(picture), alt="天水市技能培训中心的标志")


def a_seal() -> Picture:
    """A round red seal with a star."""
    picture = Image.new("RGBA", (496, 496), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    red = (200, 20, 20, 255)
    pen.ellipse((8, 8, 488, 488), outline=red, width=14)
    pen.regular_polygon((248, 248, 70), 5, fill=red)
    pen.text((98, 120), "天水市就业服务", font=fonts.sized(fonts.SERIF, 44), fill=red)
    return Picture(png=_png(picture), alt="天水市就业服务中心的印章图样")


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


LONG_NAME = "买买提·吐尔逊·阿卜杜热合曼·阿卜杜克热木·麦麦提明·艾合买提江·吾斯曼·库尔班·伊敏"
WORST = replace(
    FACE,
    title="农村实用技术与职业技能提升行动培训合格证书（第二十三期）",
    holder_name=(LONG_NAME + "·阿不都热西提")[:50],
    course_name="面向农村的电子商务客户服务、网店美工与直播运营综合职业技能提升培训班（2023年第三期，线上线下相结合）",
    skill_name="电子商务客户服务与网店美工设计及短视频直播运营综合技能",
    base_name="江西省南昌市青山湖区职业教育综合服务中心职业技能实习实训与创业孵化示范基地（东湖校区）",
    issuer_name="江西省南昌市青山湖区人力资源和社会保障局职业能力建设与就业创业指导服务中心",
)

ADORNED = replace(FACE, logo=a_logo(), seal=a_seal())
SECOND = Second(
    language="en",
    words=replace(ENGLISH_WORDS, **SHORT_LABELS),
    title="Certificate of Training",
    skill_name="Health massage",
    level_text="Level 5 (junior)",
)
BILINGUAL = replace(ADORNED, second=SECOND)
SPECIMEN = replace(BILINGUAL, specimen="样张 SPECIMEN")
WORST_BILINGUAL = replace(WORST, second=SECOND, logo=a_logo(), seal=a_seal())


def face(**changes: Any) -> Face:
    """FACE with some fields changed."""
    return replace(FACE, **changes)
