"""Words that would tell a disability. Course names are printed on certificates, which anyone may scan (design.md)."""

TELLING = (
    "残疾 殘疾 残障 殘障 残联 殘聯 助残 助殘 盲人 盲校 失明 视障 視障 视力障碍 視力障礙 弱视 低视力 聋 聾 听障 聽障 听力障碍 聽力障礙 "
    "肢残 肢殘 肢体障碍 智障 智力障碍 精神障碍 精神病 自闭症 自閉症 脑瘫 腦癱 工伤 工傷 "
    "disab handicap blind deaf autis"
).split()


def telling_word(name: str) -> str | None:
    """The first word in the name that tells a disability, none when it tells nothing."""
    folded = name.casefold()
    return next((word for word in TELLING if word in folded), None)
