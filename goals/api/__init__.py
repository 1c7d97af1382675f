"""The API of `goals`."""

from ninja import Router

from goals.api import bulletins, coverage, data_quality, indicators, open_data, plans, reports, targets

router = Router(tags=["goals"])
router.add_router("", coverage.router)
router.add_router("", data_quality.router)
router.add_router("", indicators.router)
router.add_router("", open_data.router)
router.add_router("", plans.router)
router.add_router("", targets.router)
router.add_router("", reports.router)
router.add_router("", bulletins.router)
