"""Who may do what where: permissions, the roles that carry them, and the actor who holds roles.

An actor holds roles in organisations. A role in a federation reaches that federation's region and all below it;
a role in a training base reaches that base alone.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from registry.errors import NotPermitted


class Permission(StrEnum):
    """What can be allowed, alphabetical."""

    ACCOUNT_MANAGE = "account:manage"
    AUDIT_READ = "audit:read"
    BASE_ACCREDIT = "base:accredit"
    BASE_APPLY = "base:apply"
    BASE_EDIT = "base:edit"
    BASE_EVALUATE = "base:evaluate"
    BASE_READ = "base:read"
    CERTIFICATE_CORRECT = "certificate:correct"
    CERTIFICATE_ISSUE = "certificate:issue"
    CERTIFICATE_POLICY = "certificate:policy"
    CERTIFICATE_READ = "certificate:read"
    CERTIFICATE_TEMPLATE_APPROVE = "certificate-template:approve"
    CERTIFICATE_TEMPLATE_EDIT = "certificate-template:edit"
    CERTIFICATE_WITHDRAW = "certificate:withdraw"
    COHORT_APPROVE = "cohort:approve"
    COHORT_EDIT = "cohort:edit"
    COHORT_READ = "cohort:read"
    COUNSELLOR_ASSIGN = "counsellor:assign"
    COURSE_EDIT = "course:edit"
    DATA_COMPARE = "data:compare"
    DATA_EXPORT = "data:export"
    EMPLOYMENT_RECORD = "employment:record"
    EVALUATION_RECORD = "evaluation:record"
    EVIDENCE_READ = "evidence:read"
    EXAM_RECORD = "exam:record"
    EXTERNAL_CERTIFICATE_RECORD = "external-certificate:record"
    EXTERNAL_CERTIFICATE_VERIFY = "external-certificate:verify"
    FIGURES_READ = "figures:read"
    FLAG_DECIDE = "flag:decide"
    FLAG_READ = "flag:read"
    FOLLOW_UP_RECORD = "follow-up:record"
    NOTICE_ANSWER = "notice:answer"
    NOTICE_PUBLISH = "notice:publish"
    NOTICE_READ = "notice:read"
    PERSON_EDIT = "person:edit"
    PERSON_READ = "person:read"
    PERSON_REVEAL = "person:reveal"
    PLAN_EDIT = "plan:edit"
    REPORT_DECIDE = "report:decide"
    REPORT_WRITE = "report:write"
    RESOURCE_EDIT = "resource:edit"
    RESULT_RECORD = "result:record"
    STANDARD_EDIT = "standard:edit"
    SUBSIDY_APPROVE = "subsidy:approve"
    SUBSIDY_CHECK = "subsidy:check"
    SUBSIDY_CLAIM = "subsidy:claim"
    SUBSIDY_PAY = "subsidy:pay"
    SUBSIDY_READ = "subsidy:read"
    SUBSIDY_SCHEME_EDIT = "subsidy-scheme:edit"
    VOUCHER_ISSUE = "voucher:issue"


class Role(StrEnum):
    """Roles of docs/domain.md §7; the value is stored, so it never changes."""

    FEDERATION_OFFICER = "federation_officer"
    APPROVER = "approver"
    COUNSELLOR = "counsellor"
    EXAMINER = "examiner"
    AUDITOR = "auditor"
    READ_ONLY = "read_only"
    BASE_MANAGER = "base_manager"
    TRAINER = "trainer"


FEDERATION_ROLES = frozenset(
    {Role.FEDERATION_OFFICER, Role.APPROVER, Role.COUNSELLOR, Role.EXAMINER, Role.AUDITOR, Role.READ_ONLY}
)
BASE_ROLES = frozenset({Role.BASE_MANAGER, Role.TRAINER, Role.READ_ONLY})

_P = Permission
_LOOK = frozenset({_P.BASE_READ, _P.COHORT_READ, _P.CERTIFICATE_READ, _P.PERSON_READ, _P.FIGURES_READ})

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.FEDERATION_OFFICER: _LOOK
    | {
        _P.ACCOUNT_MANAGE,
        _P.BASE_APPLY,
        _P.BASE_EDIT,
        _P.BASE_EVALUATE,
        _P.CERTIFICATE_POLICY,
        _P.CERTIFICATE_TEMPLATE_EDIT,
        _P.COUNSELLOR_ASSIGN,
        _P.COURSE_EDIT,
        _P.DATA_COMPARE,
        _P.DATA_EXPORT,
        _P.EMPLOYMENT_RECORD,
        _P.EVALUATION_RECORD,
        _P.EVIDENCE_READ,
        _P.EXTERNAL_CERTIFICATE_RECORD,
        _P.FLAG_READ,
        _P.NOTICE_ANSWER,
        _P.NOTICE_PUBLISH,
        _P.NOTICE_READ,
        _P.PERSON_EDIT,
        _P.PERSON_REVEAL,
        _P.PLAN_EDIT,
        _P.REPORT_WRITE,
        _P.RESOURCE_EDIT,
        _P.STANDARD_EDIT,
        _P.SUBSIDY_CHECK,
        _P.SUBSIDY_CLAIM,
        _P.SUBSIDY_PAY,
        _P.SUBSIDY_READ,
        _P.SUBSIDY_SCHEME_EDIT,
        _P.VOUCHER_ISSUE,
    },
    # Whoever approves does not also prepare: GB/T 22239-2019 §8.1.4 asks for separate duties.
    Role.APPROVER: _LOOK
    | {
        _P.BASE_ACCREDIT,
        _P.CERTIFICATE_CORRECT,
        _P.CERTIFICATE_TEMPLATE_APPROVE,
        _P.CERTIFICATE_WITHDRAW,
        _P.COHORT_APPROVE,
        _P.EVIDENCE_READ,
        _P.EXTERNAL_CERTIFICATE_VERIFY,
        _P.FLAG_DECIDE,
        _P.FLAG_READ,
        _P.NOTICE_ANSWER,
        _P.NOTICE_READ,
        _P.PERSON_REVEAL,
        _P.REPORT_DECIDE,
        _P.SUBSIDY_APPROVE,
        _P.SUBSIDY_READ,
    },
    # 就业辅导员: follows people up, never issues certificates (docs/domain.md §2.1 C50).
    Role.COUNSELLOR: frozenset(
        {_P.CERTIFICATE_READ, _P.FIGURES_READ, _P.PERSON_EDIT, _P.PERSON_READ, _P.PERSON_REVEAL}
    )
    | {_P.EXTERNAL_CERTIFICATE_RECORD, _P.COHORT_READ, _P.BASE_READ}
    | {_P.EMPLOYMENT_RECORD, _P.EVIDENCE_READ, _P.FOLLOW_UP_RECORD, _P.SUBSIDY_CLAIM, _P.SUBSIDY_READ},
    # 考培分离: whoever examines belongs to the federation, not to the base that taught (docs/domain.md §5.3).
    Role.EXAMINER: frozenset({_P.BASE_READ, _P.COHORT_READ, _P.PERSON_READ, _P.EXAM_RECORD}),
    Role.AUDITOR: _LOOK | {_P.AUDIT_READ, _P.EVIDENCE_READ, _P.FLAG_READ, _P.NOTICE_READ, _P.SUBSIDY_READ},
    Role.READ_ONLY: _LOOK,
    Role.BASE_MANAGER: _LOOK
    | {
        _P.BASE_APPLY,
        _P.CERTIFICATE_CORRECT,
        _P.CERTIFICATE_ISSUE,
        _P.COHORT_EDIT,
        _P.COURSE_EDIT,
        _P.EMPLOYMENT_RECORD,
        _P.EVALUATION_RECORD,
        _P.EVIDENCE_READ,
        _P.PERSON_EDIT,
        _P.PERSON_REVEAL,
        _P.RESOURCE_EDIT,
        _P.RESULT_RECORD,
        _P.SUBSIDY_CLAIM,
        _P.SUBSIDY_READ,
    },
    Role.TRAINER: frozenset(
        {_P.BASE_READ, _P.COHORT_READ, _P.EVALUATION_RECORD, _P.PERSON_READ, _P.RESULT_RECORD}
    ),
}


@dataclass(frozen=True)
class Grant:
    """One role held in one organisation: `region_path` for a federation, `base_id` for a training base."""

    role: Role
    region_path: str = ""
    base_id: int | None = None


@dataclass(frozen=True)
class Scope:
    """Where a permission reaches: region subtrees and single bases."""

    region_paths: tuple[str, ...] = ()
    base_ids: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.region_paths or self.base_ids)

    def covers(self, *, region_path: str = "", base_ids: Collection[int] = ()) -> bool:
        """Whether a thing in this region, or of one of these bases, lies inside.

        An empty region path lies in no subtree: it must never open everything.
        """
        if region_path and any(region_path.startswith(path) for path in self.region_paths):
            return True
        return any(base_id in self.base_ids for base_id in base_ids)


@dataclass(frozen=True)
class Actor:
    """Whoever does something: an account with its grants as they are at this request, or the system itself."""

    account_id: int | None
    name: str
    grants: tuple[Grant, ...] = ()
    is_system: bool = field(default=False)

    def scope(self, permission: Permission) -> Scope:
        """Where this actor holds the permission."""
        held = [grant for grant in self.grants if permission in PERMISSIONS[grant.role]]
        return Scope(
            region_paths=tuple(sorted({grant.region_path for grant in held if grant.region_path})),
            base_ids=tuple(sorted({grant.base_id for grant in held if grant.base_id is not None})),
        )

    def may(self, permission: Permission, *, region_path: str = "", base_ids: Collection[int] = ()) -> bool:
        if self.is_system:
            return True
        return self.scope(permission).covers(region_path=region_path, base_ids=base_ids)

    def may_somewhere(self, permission: Permission) -> bool:
        return self.is_system or bool(self.scope(permission))


ANONYMOUS = Actor(account_id=None, name="")
# Commands run on the server by its operator: `load_demo`, `import_roster --as` and the like name themselves.
SYSTEM = Actor(account_id=None, name="system", is_system=True)


def ids_of(base_id: int | None) -> list[int]:
    """The base that a row may have, as `base_ids` of `require`."""
    return [] if base_id is None else [base_id]


def require(
    actor: Actor, permission: Permission, *, region_path: str = "", base_ids: Collection[int] = ()
) -> None:
    """Raises NotPermitted unless the actor holds the permission over this region or one of these bases."""
    if not actor.may(permission, region_path=region_path, base_ids=base_ids):
        raise NotPermitted(permission=permission.value)


def require_somewhere(actor: Actor, permission: Permission) -> None:
    """Raises NotPermitted unless the actor holds the permission anywhere: for pages that list what is in scope."""
    if not actor.may_somewhere(permission):
        raise NotPermitted(permission=permission.value)
