"""Pages of `courses` for the browser (see tests/browser/visits.py)."""

from tests.courses.roster_visits import ROSTER_VISITS

VISITS = {**ROSTER_VISITS}
