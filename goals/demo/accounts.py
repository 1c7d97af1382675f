"""The accounts of the demo: one for each role, in organisations that lie above, below and beside each other."""

from dataclasses import dataclass

PASSWORD = "two-skills-2024"  # noqa: S105  # printed by `make run`; the demo is never loaded in production


@dataclass(frozen=True)
class DemoAccount:
    """`organisation` is a region code for a federation, or the name of a base."""

    username: str
    name: str
    role: str
    organisation: str


ACCOUNTS = (
    DemoAccount("base", "李慧", "base_manager", "天水市秦州区明心按摩职业培训学校"),
    DemoAccount("trainer", "王守信", "trainer", "天水市秦州区明心按摩职业培训学校"),
    DemoAccount("county", "马建国", "federation_officer", "620502"),
    DemoAccount("city", "陈思远", "federation_officer", "620500"),
    DemoAccount("approver", "赵雪琴", "approver", "620500"),
    DemoAccount("counsellor", "杨文辉", "counsellor", "620502"),
    DemoAccount("examiner", "韩思源", "examiner", "000000"),
    DemoAccount("auditor", "周明", "auditor", "620500"),
    DemoAccount("province", "刘景行", "federation_officer", "360000"),
    DemoAccount("reader", "何晓东", "read_only", "120000"),
    DemoAccount("panjin", "孙玉兰", "federation_officer", "211100"),
)
