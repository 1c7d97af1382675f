"""The API of `registry`."""

from ninja import Router

router = Router()
router.add_router("/regions", "registry.api.regions.router")
router.add_router("/bases", "registry.api.accreditations.router")
router.add_router("/bases", "registry.api.bases.router")
router.add_router("/applications", "registry.api.applications.router")
router.add_router("/base-evaluations", "registry.api.base_evaluations.router")
router.add_router("/agencies", "registry.api.agencies.router")
router.add_router("/directory", "registry.api.directory.router")
router.add_router("/standards", "registry.api.standards.router")
router.add_router("/people", "registry.api.people.router")
router.add_router("/people", "registry.api.hardship.router")
router.add_router("/evidence", "registry.api.evidence.router")
router.add_router("/exports", "registry.api.exports.router")
# The inside first: "records" is no id of a notice.
router.add_router("/notices", "registry.api.notice_records.router")
router.add_router("/notices", "registry.api.notices.router")
router.add_router("/audit", "registry.api.audit.router")
