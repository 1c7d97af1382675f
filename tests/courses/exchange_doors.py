"""Who may hand data out, and bring data of partners in."""

from datetime import UTC, datetime
from typing import Any

from courses.actions import export_files, population_figures
from registry.rules.access import SYSTEM
from tests.access import APPROVER, AUDITOR, COUNSELLOR, EVERYONE, OFFICER, READER, Door, World
from tests.conftest import TODAY
from tests.courses.comparison_factories import a_comparison, a_file

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
    world.comparison = a_comparison(
        a_file([[world.person.citizen_id, world.person.name, "", "13911112222"]]), partner="目标对方单位"
    )
    world.secrets |= {world.comparison.partner, world.comparison.public_id}
    world.secrets |= {world.export_file.public_id, world.export_file.recipient, "98,761"}


def file_id(world: World) -> list[str]:
    return [world.export_file.public_id]


def comparison_id(world: World) -> list[str]:
    return [world.comparison.public_id]


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
    Door("courses:comparisons", EXPORTS, listing=True),
    Door("courses:new-comparison", EXPORTS, listing=True, post=nothing),
    Door("courses:comparison", EXPORTS, args=comparison_id),
    Door("courses:settle-comparison", EXPORTS, args=comparison_id, get=False, post=nothing),
    Door("courses:export-comparison", EXPORTS, args=comparison_id, post=nothing),
    Door("api:upload_comparison", EXPORTS, listing=True, get=False, method="upload", post=nothing),
    Door("api:get_comparison", EXPORTS, args=comparison_id),
    Door("api:list_comparison_rows", EXPORTS, args=comparison_id),
    Door(
        "api:map_comparison_columns",
        EXPORTS,
        args=comparison_id,
        get=False,
        method="put",
        post=lambda world: {"columns": {}},
    ),
    Door(
        "api:settle_comparison",
        EXPORTS,
        args=comparison_id,
        get=False,
        post=lambda world: {"choices": [{"id": 1, "resolution": "odd"}]},
    ),
    Door("api:ask_export", EXPORTS, EVERYONE, get=False, post=asked),
    Door("api:get_export", EXPORTS, args=file_id),
    Door("api:download_export", EXPORTS, args=file_id, get=False, post=nothing),
]

MODELS = {
    "courses.Comparison": "scoped",
    "courses.ComparisonRow": "internal",
    "courses.Discrepancy": "internal",
    "courses.PartnerLayout": "internal",
    "courses.ExportFile": "scoped",
    "courses.ExportPart": "internal",
    "courses.PopulationFigure": "internal",
}
