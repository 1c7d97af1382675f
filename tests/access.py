"""The shape of the access matrix (`tests/test_access_matrix.py`): each app lists its own doors.

An app adds `tests/<app>/access_table.py` with

    DOORS: list[Door]           every URL of the app, by name ("courses:cohort", "api:get_cohort")
    MODELS: dict[str, str]      every model of the app: "scoped" (has visible_to), "public" or "internal"
    def build(world): ...       adds rows of the target to the world, by calling factories

The world's target belongs to the base `world.base` and to the prefecture 620500. Every door is then opened by
every role, held in the target's own organisation, one below, one beside, one above and one far away. What the
table does not allow must be 404, or 403 for a colleague who sees the target, and must show none of
`world.secrets`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.urls import URLPattern, URLResolver


class World(SimpleNamespace):
    """What the doors are about. The apps build it together, so a name that is given twice is a mistake."""

    def __setattr__(self, name: str, value: Any) -> None:
        assert getattr(self, name, value) is value, f"world.{name} is another app's already"
        super().__setattr__(name, value)


OFFICER, APPROVER, COUNSELLOR, AUDITOR = "federation_officer", "approver", "counsellor", "auditor"
EXAMINER = "examiner"
READER, MANAGER, TRAINER, BASE_READER = "read_only", "base_manager", "trainer", "base_read_only"
FEDERATION = frozenset(
    {OFFICER, APPROVER, COUNSELLOR, AUDITOR, READER}
)  # an examiner is sent for one thing only
BASE = frozenset({MANAGER, TRAINER, BASE_READER})
EVERYONE = FEDERATION | BASE | {EXAMINER}

RELATIONS = ("own", "child", "sibling", "parent", "stranger")


def names(patterns: list[Any], space: str = "") -> Iterator[str]:
    """The name of every URL below, with its namespace."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def reaches(role: str, relation: str) -> bool:
    """Whether the role, held there, sees the target: a federation its subtree, a base itself."""
    return relation == "own" or (relation == "parent" and role not in BASE)


@dataclass(frozen=True)
class Door:
    """One URL.

    `opens`: roles that may open it; `sees`: roles that see the target but may not open this door (403).
    `public`: anyone may. `listing`: it shows what is in reach, so the roles open it wherever they are held,
    and find the target only if they reach it. `self_only`: about the account itself, for anyone signed in.
    `own_only`: it is for the target's own organisation, not for those above who see the target.
    `args`: the URL's arguments, from the world. `post`: what is sent to it (None: nothing is), by `method`:
    post, put, patch, or upload for a form with a file on the API.
    """

    name: str
    opens: frozenset[str] = frozenset()
    sees: frozenset[str] = frozenset()
    public: bool = False
    listing: bool = False
    own_only: bool = False
    args: Callable[[World], list[Any]] = lambda world: []
    get: bool = True
    post: Callable[[World], Any] | None = None
    method: str = "post"
    answers: frozenset[int] = field(default=frozenset({200, 302, 409, 422}))

    def expected(self, role: str, relation: str) -> frozenset[int]:
        """The statuses this door may answer to the role held there."""
        if self.public:
            return self.answers
        if self.listing:
            return self.answers if role in self.opens else frozenset({403})
        if not reaches(role, relation) or (self.own_only and relation != "own"):
            return frozenset({403, 404})
        return self.answers if role in self.opens else frozenset({403} if role in self.sees else {403, 404})
