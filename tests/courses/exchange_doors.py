"""Who may hand data out, and bring data of partners in."""

from datetime import UTC, datetime
from typing import Any

from courses.actions import export_files, population_figures
from registry.rules.access import SYSTEM
from tests.access import APPROVER, AUDITOR, COUNSELLOR, EVERYONE, OFFICER, READER, Door, World
from tests.conftest import TODAY

EXPORTS = frozenset({OFFICER})
READ_RATES = frozenset({OFFICER, APPROVER, COUNSELLOR, AUDITOR, READER})


def build(world: World) -> None:
    """The target: the roster of the world's cohort as a file, and the figure of its region."""
    world.export_file = export_files.ask(
        by=SYSTEM,
        on=TODAY,
        at=datetime(2199, 6, 3, tzinfo=UTC),  # never too old for the doors, which ask the clock
        ledger="cohort_roster",
        region=world.base.region,
        cohort=world.cohort,
        purpose="supervision",
        recipient="目标接收处",
    )
    export_files.make(world.export_file.pk)
    population_figures.record(
        by=SYSTEM, on=TODAY, region=world.base.region, as_of=TODAY, people=98761, document="目标依据文件"
    )
    world.secrets |= {world.export_file.public_id, world.export_file.recipient, "98,761"}


def file_id(world: World) -> list[str]:
    return [world.export_file.public_id]


def nothing(world: World) -> dict[str, Any]:
    return {}


def asked(world: World) -> dict[str, Any]:
    said = {"ledger": "cohort_roster", "cohort": world.cohort.public_id}
    return said | {"purpose": "supervision", "recipient": "上级"}


DOORS = [
    Door("courses:exchange", EXPORTS, listing=True),
    Door("courses:export-ledger", EXPORTS, listing=True, args=lambda world: ["people"], post=nothing),
    Door(
        "courses:export-cohort",
        EXPORTS,
        EVERYONE,
        args=lambda world: [world.cohort.public_id],
        post=nothing,
    ),
    Door("courses:export-file", EXPORTS, args=file_id),
    Door("courses:export-download", EXPORTS, args=file_id, get=False, post=nothing),
    Door("courses:entry-rates", READ_RATES, listing=True),
    Door("courses:entry-rates", EXPORTS, listing=True, get=False, post=nothing),
    Door("api:ask_export", EXPORTS, EVERYONE, get=False, post=asked),
    Door("api:get_export", EXPORTS, args=file_id),
    Door("api:download_export", EXPORTS, args=file_id, get=False, post=nothing),
]

MODELS = {
    "courses.ExportFile": "scoped",
    "courses.ExportPart": "internal",
    "courses.PopulationFigure": "internal",
}
