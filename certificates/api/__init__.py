"""The API of `certificates`."""

from ninja import Router

from certificates.api import bulk, certificates, changes, cohorts, external, notices, slips, templates

router = Router(tags=["certificates"])
router.add_router("", bulk.router)
router.add_router("", changes.router)
router.add_router("", slips.router)
router.add_router("", templates.router)
router.add_router("/external", external.router)
router.add_router("", certificates.router)
router.add_router("", cohorts.router)
router.add_router("", notices.router)
