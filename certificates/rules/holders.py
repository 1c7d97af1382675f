"""Holders: people who open their own certificates without an account."""

from registry.rules.access import Actor

HOLDER = Actor(account_id=None, name="holder")
"""Whoever opened their own certificates, in the audit trail; it holds no role, so staff's doors stay shut."""

SKILLS_AIMED_AT = 2
"""门: every person is to have at least two (docs/domain.md §2.5)."""
