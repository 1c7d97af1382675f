"""Everything a roster row can be told, with a permanent code. The words are made at the door."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """Errors stop a row; warnings and information do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class ProblemCode(StrEnum):
    """Permanent: stored with an import and used as the key of its words."""

    # The name.
    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    NAME_CHARACTERS = "name_characters"
    NAME_INNER_BLANK = "name_inner_blank"
    NAME_PRIVATE_CHARACTER = "name_private_character"
    # The citizen ID.
    CITIZEN_ID_MISSING = "citizen_id_missing"
    CITIZEN_ID_NUMERIC = "citizen_id_numeric"
    CITIZEN_ID_LENGTH = "citizen_id_length"
    CITIZEN_ID_CHARACTERS = "citizen_id_characters"
    CITIZEN_ID_BIRTH_DATE = "citizen_id_birth_date"
    CITIZEN_ID_FUTURE = "citizen_id_future"
    CITIZEN_ID_AGE = "citizen_id_age"
    CITIZEN_ID_CHECKSUM = "citizen_id_checksum"
    REGION_UNKNOWN = "region_unknown"
    SEX_CONFLICT = "sex_conflict"
    UNDER_AGE = "under_age"
    OVER_WORKING_AGE = "over_working_age"
    # The disability certificate.
    DISABILITY_NUMBER_MISSING = "disability_number_missing"
    DISABILITY_NUMBER_NUMERIC = "disability_number_numeric"
    DISABILITY_NUMBER_LENGTH = "disability_number_length"
    DISABILITY_NUMBER_CITIZEN_ID = "disability_number_citizen_id"
    DISABILITY_NUMBER_CATEGORY = "disability_number_category"
    DISABILITY_NUMBER_GRADE = "disability_number_grade"
    DISABILITY_NUMBER_REISSUE = "disability_number_reissue"
    DISABILITY_NUMBER_MISMATCH = "disability_number_mismatch"
    CERTIFICATE_OF_RELATIVE = "certificate_of_relative"
    CATEGORY_CONFLICT = "category_conflict"
    GRADE_CONFLICT = "grade_conflict"
    # The other cells.
    PHONE_UNUSUAL = "phone_unusual"
    CHOICE_UNKNOWN = "choice_unknown"
    TEXT_TOO_LONG = "text_too_long"
    CELL_ERROR = "cell_error"
    HARDSHIP_READ = "hardship_read"
    # The row in its file.
    ROW_HIDDEN = "row_hidden"
    DUPLICATE_IN_FILE = "duplicate_in_file"
    # The row against what is on record; found by the importer.
    ALREADY_ENROLLED = "already_enrolled"
    ENROLLED_ELSEWHERE = "enrolled_elsewhere"
    SKILL_ALREADY_HELD = "skill_already_held"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_CANCELLED = "certificate_cancelled"
    CERTIFICATE_CHANGED = "certificate_changed"
    NAME_DIFFERS = "name_differs"
    PERSON_KIND_DIFFERS = "person_kind_differs"
    REGION_FROM_BASE = "region_from_base"


_WARNINGS = {
    ProblemCode.NAME_INNER_BLANK,
    ProblemCode.NAME_PRIVATE_CHARACTER,
    ProblemCode.REGION_UNKNOWN,
    ProblemCode.SEX_CONFLICT,
    ProblemCode.OVER_WORKING_AGE,
    ProblemCode.DISABILITY_NUMBER_MISSING,
    ProblemCode.CATEGORY_CONFLICT,
    ProblemCode.GRADE_CONFLICT,
    ProblemCode.PHONE_UNUSUAL,
    ProblemCode.CHOICE_UNKNOWN,
    ProblemCode.ROW_HIDDEN,
    ProblemCode.ENROLLED_ELSEWHERE,
    ProblemCode.SKILL_ALREADY_HELD,
    ProblemCode.CERTIFICATE_EXPIRED,
    ProblemCode.CERTIFICATE_CANCELLED,
    ProblemCode.PERSON_KIND_DIFFERS,
}
_INFORMATION = {
    ProblemCode.CERTIFICATE_OF_RELATIVE,
    ProblemCode.HARDSHIP_READ,
    ProblemCode.ALREADY_ENROLLED,
    ProblemCode.CERTIFICATE_CHANGED,
    ProblemCode.REGION_FROM_BASE,
}

SEVERITIES: Mapping[ProblemCode, Severity] = {
    code: Severity.WARNING if code in _WARNINGS else Severity.INFO if code in _INFORMATION else Severity.ERROR
    for code in ProblemCode
}
"""What suggests misuse (two classes at once, a skill already held) warns: a person decides, not a rule."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing about one cell. `field` is a column key, or "" for the row; facts hold nothing personal."""

    field: str
    code: ProblemCode
    facts: Mapping[str, Any] = dataclass_field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """Fixed by the code."""
        return SEVERITIES[self.code]
