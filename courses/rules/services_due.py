"""Which services are owed to whom in a year: “四个一” and “131” (docs/domain.md §2.2 T08–T13)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides it, as of a day; None where nothing was recorded."""

    is_disabled: bool
    in_working_age: bool
    is_employed: bool | None
    wants_work: bool | None
    is_monitored: bool

    @property
    def is_served(self) -> bool:
        """An unemployed disabled person of employment age: whom “四个一” is about."""
        return self.is_disabled and self.in_working_age and self.is_employed is False

    @property
    def owes_verification(self) -> bool:
        return self.is_served

    @property
    def owes_all_four(self) -> bool:
        """Assessment, need and service are owed to who wants work."""
        return self.is_served and self.wants_work is True

    @property
    def owes_131(self) -> bool:
        """To the three monitored groups, for whom the household is recorded."""
        return self.is_served and self.is_monitored
