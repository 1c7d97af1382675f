from registry.models.accounts import Account, ApiToken, Membership
from registry.models.accreditations import Accreditation, AccreditationCategory, Suspension
from registry.models.agencies import Agency, AgencyProvision
from registry.models.applications import Application
from registry.models.audit import AuditEvent
from registry.models.base_evaluations import BaseEvaluation
from registry.models.base_events import BaseEvent
from registry.models.bases import BaseCategory, BaseProvision, TrainingBase
from registry.models.evidence import Evidence
from registry.models.exports import Export
from registry.models.federations import Federation
from registry.models.hardship import HardshipStatus
from registry.models.leases import Lease
from registry.models.notices import NoticeItem, Objection, PublicNotice
from registry.models.people import BaseRegistration, Consent, Person
from registry.models.regions import Region
from registry.models.standards import LocalStandard
from registry.models.standing import DisabilityCertificate, EmploymentStatus, NeedRegistration
from registry.models.throttles import Throttle

__all__ = [
    "Account",
    "Accreditation",
    "AccreditationCategory",
    "Agency",
    "AgencyProvision",
    "ApiToken",
    "Application",
    "AuditEvent",
    "BaseCategory",
    "BaseEvaluation",
    "BaseEvent",
    "BaseProvision",
    "BaseRegistration",
    "Consent",
    "DisabilityCertificate",
    "EmploymentStatus",
    "Evidence",
    "Export",
    "Federation",
    "HardshipStatus",
    "Lease",
    "LocalStandard",
    "Membership",
    "NeedRegistration",
    "NoticeItem",
    "Objection",
    "Person",
    "PublicNotice",
    "Region",
    "Suspension",
    "Throttle",
    "TrainingBase",
]
