"""The words of a certificate that no federation has written its own for, in each language.

They are not the site's translations: those may be mended at any time, and a certificate printed again must read as
it read. Whoever changes a word here changes every certificate, so a test holds them.
"""

from certificates.faces.face import Language, Words

TITLES: dict[Language, str] = {
    "zh-Hans": "职业技能培训合格证书",
    "zh-Hant": "職業技能培訓合格證書",
    "en": "Certificate of Completion, Vocational Skills Training",
}

WORDS: dict[Language, Words] = {
    "zh-Hans": Words(
        certifies="兹证明",
        statement="完成下列培训，考核合格，特发此证。",
        course="培训项目",
        skill="技能",
        level="等级",
        hours="课时",
        period="培训时间",
        base="培训单位",
        issuer="监制单位",
        issued="发证日期",
        seal="（盖章处）",
        number="证书编号",
        code="验证码",
        address="查验网址",
        instruction="用手机扫描二维码，或打开查验网址输入验证码，即可知道本证书真伪和当前是否有效。",
        qr_alt="查验二维码，在本页左下角。用手机相机扫描，即可知道本证书真伪和当前是否有效。",
    ),
    "zh-Hant": Words(
        certifies="茲證明",
        statement="完成下列培訓，考核合格，特發此證。",
        course="培訓項目",
        skill="技能",
        level="等級",
        hours="課時",
        period="培訓時間",
        base="培訓單位",
        issuer="監製單位",
        issued="發證日期",
        seal="（蓋章處）",
        number="證書編號",
        code="驗證碼",
        address="查驗網址",
        instruction="用手機掃描二維碼，或打開查驗網址輸入驗證碼，即可知道本證書真偽和當前是否有效。",
        qr_alt="查驗二維碼，在本頁左下角。用手機相機掃描，即可知道本證書真偽和當前是否有效。",
    ),
    "en": Words(
        certifies="This is to certify that",
        statement="has completed the training below and passed its assessment.",
        course="Course",
        skill="Skill",
        level="Level",
        hours="Hours",
        period="Training dates",
        base="Training provider",
        issuer="Supervised by",
        issued="Issued on",
        seal="(seal)",
        number="Certificate number",
        code="Certificate code",
        address="Check at",
        instruction="Scan the QR code with a phone, or open the address and type the code, to see whether this "
        "certificate is genuine and in force today.",
        qr_alt="QR code for checking, at the bottom left of this page. Scan it with a phone camera to see "
        "whether this certificate is genuine and in force.",
    ),
}

SHORT_LABELS: dict[str, str] = {
    "base": "Provider",
    "issuer": "Supervisor",
    "period": "Dates",
    "number": "Number",
    "code": "Code",
}
"""English labels that stand under Chinese ones, where there is less room."""

LEVELS: dict[Language, dict[int, str]] = {
    "zh-Hans": {
        5: "五级/初级工",
        4: "四级/中级工",
        3: "三级/高级工",
        2: "二级/技师",
        1: "一级/高级技师",
    },
    "zh-Hant": {
        5: "五級/初級工",
        4: "四級/中級工",
        3: "三級/高級工",
        2: "二級/技師",
        1: "一級/高級技師",
    },
    "en": {
        5: "Level 5 (elementary)",
        4: "Level 4 (intermediate)",
        3: "Level 3 (advanced)",
        2: "Level 2 (technician)",
        1: "Level 1 (senior technician)",
    },
}
"""Level 0 is a certificate without one."""

SPECIMEN: dict[Language, str] = {"zh-Hans": "样张", "zh-Hant": "樣張", "en": "SPECIMEN"}
