"""An award, keys and addresses for the tests of `certificates/credentials`; these keys are used nowhere else."""

from datetime import date

from certificates.credentials.open_badge import Award

SITE = "https://certs.example.org"
DID = "did:web:certs.example.org"

AWARD = Award(
    code="R99KXYH0CRRU",
    address=f"{SITE}/C/R99KXYH0CRRU",
    language="zh-Hans",
    title="职业技能培训合格证书",
    holder_name="李明月",
    course_name="网络直播营销",
    skill_name="互联网营销师",
    skill_number=20,
    description="互联网营销师，五级/初级工。",
    narrative="完成培训，考核合格。",
    hours=120,
    hours_name="课时",
    starts_on=date(2024, 5, 6),
    ends_on=date(2024, 6, 14),
    issued_on=date(2024, 6, 18),
    number="620520240017P000342A",
    base_name="天水阳光职业培训学校",
    issuer_name="天水市残疾人联合会",
    status_address=f"{SITE}/status/3",
    status_place=123456,
)
