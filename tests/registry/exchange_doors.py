"""Who may open the record of exports."""

from registry.actions import exports
from registry.rules.access import SYSTEM
from tests.access import AUDITOR, OFFICER, Door, World
from tests.conftest import TODAY

READERS = frozenset({OFFICER, AUDITOR})


def build(world: World) -> None:
    """The target: one export of the target's region."""
    world.export = exports.record(
        by=SYSTEM,
        on=TODAY,
        region=world.base.region,
        about="cohort_roster",
        purpose="supervision",
        recipient="目标接收单位",
        fields=["姓名", "身份证号"],
        rows=12,
        data=b"target",
    )
    world.secrets |= {world.export.public_id, world.export.recipient}


DOORS = [
    Door("registry:exports", READERS, listing=True),
    Door("api:list_exports", READERS, listing=True),
]
