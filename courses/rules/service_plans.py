"""Individual service plans: how often they are reviewed, and how long a graduate is one."""

from datetime import timedelta

REVIEW_AFTER = timedelta(days=92)
"""A plan that nobody looked at for a quarter is due: 动态监测 sets no day (docs/domain.md §2.2 T13)."""

GRADUATE_MONTHS = 24
"""离校两年内: so long graduates are helped as such, with a plan each (docs/domain.md §2.2 T19)."""
