"""Who may open which door of the review flags: federations, never the base that is asked about."""

from tests.access import Door

DOORS: list[Door] = []

MODELS = {
    "courses.ReviewFlag": "scoped",
    "courses.FlagEvent": "internal",
    "courses.CohortCheck": "internal",
    "courses.FlagCursor": "internal",
}
