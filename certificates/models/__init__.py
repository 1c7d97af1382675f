from certificates.models.bulk_files import BulkFile, BulkPart
from certificates.models.certificates import Certificate, CertificateEvent
from certificates.models.changes import Change, ChangeItem
from certificates.models.external import ExternalCertificate
from certificates.models.keys import SigningKey
from certificates.models.policies import ChangePolicy
from certificates.models.reports import CertificateReport
from certificates.models.series import NumberSeries
from certificates.models.shares import Share, ShareOpening
from certificates.models.slips import Slip
from certificates.models.status_lists import StatusChange, StatusList
from certificates.models.templates import CertificateTemplate, TemplateImage

__all__ = [
    "BulkFile",
    "BulkPart",
    "Certificate",
    "CertificateEvent",
    "CertificateReport",
    "CertificateTemplate",
    "Change",
    "ChangeItem",
    "ChangePolicy",
    "ExternalCertificate",
    "NumberSeries",
    "Share",
    "ShareOpening",
    "SigningKey",
    "Slip",
    "StatusChange",
    "StatusList",
    "TemplateImage",
]
