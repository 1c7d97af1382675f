"""Online resources for tests, made by the actions that the site uses."""

from typing import Any

from courses.actions import resources
from courses.actions.resources import About
from courses.models import OnlineResource
from registry.models import TrainingBase
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import a_skill
from tests.registry.factories import a_base, a_region

MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(64)
TEXT = "第一步，打开手机。第二步，点开直播。\n\n第三步，对着镜头介绍商品。"


def about(**values: Any) -> About:
    """A public film on livestreaming with a text alternative and captions."""
    asked: dict[str, Any] = {
        "title": "直播第一课",
        "skill": a_skill(values.pop("skill", "livestreaming")),
        "format": "video",
        "summary": "学会打开直播，介绍一件商品。",
        "provider": "秦州职业培训学校",
        "text_alternative": TEXT,
        "accessible_formats": ("captions", "transcript"),
        "minutes": 12,
        "is_public": True,
    }
    return About(**asked | values)


def a_resource(
    base: TrainingBase | None = None, *, data: bytes = MP4, published: bool = True, **values: Any
) -> OnlineResource:
    """A published film of a base; of the region's federation with region=…; with published=False a draft."""
    code = values.pop("region", None)
    base = base or (None if code else a_base())
    region = a_region(code) if code else base.region
    made = resources.create(by=SYSTEM, on=TODAY, region=region, base=base, about=about(**values), data=data)
    return resources.publish(by=SYSTEM, on=TODAY, resource=made) if published else made
