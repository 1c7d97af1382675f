"""The API of `courses`."""

from ninja import Router

router = Router()
router.add_router("/skills", "courses.api.skills.router")
# Before the cohorts: /cohorts/move is no public id.
router.add_router("/cohorts", "courses.api.filings.router")
router.add_router("/cohorts", "courses.api.cohorts.router")
router.add_router("/cohorts", "courses.api.rosters.router")
router.add_router("/cohorts", "courses.api.sessions.router")
router.add_router("/cohorts", "courses.api.attendance.router")
router.add_router("/cohorts", "courses.api.results.router")
router.add_router("/exports", "courses.api.exports.router")
router.add_router("", "courses.api.evaluations.router")
router.add_router("", "courses.api.evaluation_results.router")
router.add_router("", "courses.api.reviews.router")
router.add_router("/resources", "courses.api.resources.router")
router.add_router("", "courses.api.trainers.router")
router.add_router("", "courses.api.employment.router")
router.add_router("/follow-ups", "courses.api.follow_ups.router")
router.add_router("/counsellors", "courses.api.counsellors.router")
router.add_router("", "courses.api.service_records.router")
router.add_router("/rates", "courses.api.rates.router")
router.add_router("/courses", "courses.api.courses.router")
router.add_router("/packages", "courses.api.packages.router")
router.add_router("/vouchers", "courses.api.vouchers.router")
router.add_router("/people", "courses.api.abilities.router")
