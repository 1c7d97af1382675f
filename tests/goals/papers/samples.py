"""Papers to draw in tests."""

from datetime import date
from typing import Any

from goals.papers.paper import Paper, Section, Table

TABLE = Table(
    caption="任务完成情况",
    header=("单位", "任务", "完成", "完成率", "排名"),
    rows=tuple((f"第{n}县", "6,000", "7,982", "133.0%", str(n)) for n in range(1, 41)),
    numeric=frozenset({1, 2, 3, 4}),
)


def a_paper(**values: Any) -> Paper:
    asked = {
        "language": "zh-Hans",
        "title": "秦州区 2024 年落实情况报告",
        "author": "秦州区残疾人联合会",
        "day": date(2024, 12, 20),
        "facts": (("规划", "天水市促进残疾人就业三年行动实施方案"), ("数据截至", "2024年11月30日")),
        "sections": (
            Section("一、落实情况", ("送教上门 3 期。\n#panic() *不是* 格式",)),
            Section("二、数据", tables=(TABLE,)),
        ),
        "mark": "内部",
        "footer": "数据截至 2024年11月30日",
    }
    return Paper(**(asked | values))
