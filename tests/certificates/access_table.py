"""Who may open which door of `certificates`."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from certificates.actions import bulk_files, certificates
from certificates.views import making
from registry.rules.access import SYSTEM
from tests.access import (
    APPROVER,
    AUDITOR,
    BASE_READER,
    COUNSELLOR,
    EVERYONE,
    FEDERATION,
    MANAGER,
    OFFICER,
    READER,
    Door,
    World,
)
from tests.certificates.factories import (
    ISSUED_ON,
    a_cohort_to_certify,
    a_report,
    a_signing_key,
    a_waiting_withdrawal,
    an_external_certificate,
    an_issued_certificate,
)
from tests.certificates.holder_factories import a_share, a_slip
from tests.certificates.template_factories import a_template
from tests.registry.factories import a_person

READERS = frozenset({OFFICER, APPROVER, COUNSELLOR, AUDITOR, READER, MANAGER, BASE_READER})
RECORDERS = frozenset({OFFICER, COUNSELLOR})
APPROVERS = frozenset({APPROVER})
HANDERS = frozenset({OFFICER, COUNSELLOR, MANAGER})
SENT_AWAY = frozenset({302})
CORRECTORS = frozenset({APPROVER, MANAGER})


def build(world: World) -> None:
    """A cohort with one certificate issued and one to issue, and an external certificate; one public elsewhere."""
    # What certificates call the base is public, what the registry calls it is not.
    world.base.public_name = "公开名称学校"
    world.base.save()
    a_signing_key(world.federation)
    holder = a_person(951, region="620500", base=world.base, name="上官持证")
    waiting = a_person(952, region="620500", base=world.base, name="诸葛待发")
    world.certified_cohort = a_cohort_to_certify([holder, waiting], base=world.base)
    enrolment = world.certified_cohort.enrolments.get(person=holder)
    world.certificate = certificates.issue(by=SYSTEM, on=ISSUED_ON, enrolment=enrolment)
    world.change = a_waiting_withdrawal(an_issued_certificate(holder, base=world.base, skill="embroidery"))
    world.bulk_file = bulk_files.ask(
        by=SYSTEM,
        on=ISSUED_ON,
        at=timezone.now(),
        cohort=world.certified_cohort,
        kind="pdf",
        in_background=False,
    )
    making.make(world.bulk_file.pk)
    world.template = a_template(world.federation, title="目标技能合格证书", begins=None)
    world.secrets |= {world.template.title}
    world.external = an_external_certificate(holder)
    # The public doors show what is on any certificate, so they are asked for one that is no secret here.
    world.public_certificate = an_issued_certificate()
    world.report = a_report(world.certificate, text="听说上官没有上过课")
    world.slip, world.slip_token = a_slip(holder)
    world.share = a_share(holder, label="启明公司")
    # The link shows what its holder chose, to whoever has it: so another's, which is no secret here.
    world.public_share = a_share(world.public_certificate.person)
    world.secrets |= {
        holder.name,
        waiting.name,
        world.certificate.number,
        world.certificate.code,
        world.external.number,
        world.report.text,
        world.report.contact,
    }
    world.sealed |= {holder.citizen_id, world.share.token, world.share.label}


def cohort_id(world: World) -> list[str]:
    return [world.certified_cohort.public_id]


def certificate_id(world: World) -> list[str]:
    return [world.certificate.public_id]


def change_id(world: World) -> list[str]:
    return [world.change.public_id]


def base_id(world: World) -> list[str]:
    return [world.base.public_id]


def federation_id(world: World) -> list[str]:
    return [world.federation.public_id]


def external_id(world: World) -> list[str]:
    return [world.external.public_id]


def bulk_file_id(world: World) -> list[str]:
    return [world.bulk_file.public_id]


def images(world: World) -> dict[str, str]:
    return {"kind": "images"}


def template_id(world: World) -> list[str]:
    return [world.template.public_id]


def holder_id(world: World) -> list[str]:
    return [world.external.person.public_id]


def slip_ids(world: World) -> list[str]:
    return [world.external.person.public_id, world.slip.public_id]


def slip_id(world: World) -> list[str]:
    return [world.slip.public_id]


def share_id(world: World) -> list[str]:
    return [world.share.public_id]


def share_token(world: World) -> list[str]:
    return [world.public_share.token]


def slip_token(world: World) -> list[str]:
    return [world.slip_token]


def public_code(world: World) -> list[str]:
    return [world.public_certificate.code]


def report_id(world: World) -> list[str]:
    return [world.report.public_id]


def status_list(world: World) -> list[object]:
    return [0, "revocation"]


def first_list(world: World) -> list[int]:
    return [0]


def nothing(world: World) -> dict[str, str]:
    return {}


DOORS = [
    Door(
        "certificates:verify",
        public=True,
        args=public_code,
        post=lambda world: {"name": "无此人"},
        answers=frozenset({200, 429}),
    ),
    Door("certificates:report", public=True, args=public_code, post=nothing),
    Door("certificates:report-received", public=True, args=public_code),
    Door("certificates:names", public=True),
    Door("certificates:service-worker", public=True),
    Door("certificates:offline", public=True, args=lambda world: ["zh-hans"]),
    Door("certificates:scan", public=True, post=nothing, answers=frozenset({200, 422, 429})),
    Door("certificates:look-up", public=True, post=nothing),
    Door("certificates:trust", public=True),
    Door("certificates:did", public=True),
    Door("certificates:status-credential", public=True, args=status_list),
    Door("certificates:status-credential-jwt", public=True, args=status_list),
    Door("certificates:status-list", public=True, args=first_list),
    Door("certificates:status-list-jwt", public=True, args=first_list),
    Door("certificates:status-list-cwt", public=True, args=first_list),
    Door("certificates:cohorts", frozenset({MANAGER}), listing=True),
    Door("certificates:cohort", READERS, EVERYONE, args=cohort_id),
    Door("certificates:cohort", frozenset({MANAGER}), EVERYONE, args=cohort_id, get=False, post=nothing),
    Door("certificates:publish-cohort", frozenset({OFFICER}), EVERYONE, args=cohort_id, post=nothing),
    Door(
        "api:publish_cohort_certificates",
        frozenset({OFFICER}),
        EVERYONE,
        args=cohort_id,
        get=False,
        post=nothing,
        answers=frozenset({201, 409, 422}),
    ),
    Door("certificates:cohort-pdf", READERS, EVERYONE, args=cohort_id, get=False, post=nothing),
    Door("certificates:certificate", READERS, EVERYONE, args=certificate_id),
    Door("certificates:pdf", READERS, EVERYONE, args=certificate_id, get=False, post=nothing),
    Door("certificates:image", READERS, EVERYONE, args=certificate_id, get=False, post=nothing),
    Door("certificates:open-badge", READERS, EVERYONE, args=certificate_id),
    Door("certificates:withdraw", APPROVERS, EVERYONE, args=certificate_id, get=False, post=nothing),
    Door("certificates:suspend", APPROVERS, EVERYONE, args=certificate_id, get=False, post=nothing),
    Door("certificates:reinstate", APPROVERS, EVERYONE, args=certificate_id, get=False, post=nothing),
    Door("certificates:reports", APPROVERS, listing=True),
    # Nobody else knows that there is a report: not the base, and not who only reads certificates.
    Door("certificates:reported", APPROVERS, args=report_id),
    Door("certificates:close-report", APPROVERS, args=report_id, get=False, post=nothing),
    Door("certificates:correct-cohort", CORRECTORS, EVERYONE, args=cohort_id, post=nothing),
    Door("certificates:correct-cohort-sheet", CORRECTORS, EVERYONE, args=cohort_id),
    Door("certificates:change-cohort", APPROVERS, EVERYONE, args=cohort_id, post=nothing),
    Door("certificates:change-base", APPROVERS, EVERYONE, args=base_id, post=nothing),
    Door("certificates:correct", CORRECTORS, EVERYONE, args=certificate_id, post=nothing),
    Door("certificates:changes", READERS, listing=True),
    Door("certificates:change", READERS, EVERYONE, args=change_id),
    Door("certificates:approve-change", APPROVERS, EVERYONE, args=change_id, get=False, post=nothing),
    Door("certificates:refuse-change", APPROVERS, EVERYONE, args=change_id, get=False, post=nothing),
    Door("certificates:undo-change", APPROVERS, EVERYONE, args=change_id, get=False, post=nothing),
    Door("certificates:hasten-change", APPROVERS, EVERYONE, args=change_id, get=False, post=nothing),
    Door("certificates:policies", frozenset({OFFICER}), listing=True),
    Door("certificates:policy", frozenset({OFFICER}), FEDERATION, args=federation_id, post=nothing),
    Door("certificates:person", READERS, EVERYONE, args=holder_id),
    Door("certificates:record-external", RECORDERS, EVERYONE, args=holder_id, post=nothing),
    Door("certificates:external", READERS, listing=True),
    Door("certificates:external-certificate", READERS, EVERYONE, args=external_id),
    Door("certificates:external-evidence", RECORDERS, EVERYONE, args=external_id, get=False, post=nothing),
    Door("api:list_external_certificates", READERS, listing=True),
    Door("api:get_external_certificate", READERS, EVERYONE, args=external_id),
    Door(
        "api:record_external_certificate",
        RECORDERS,
        EVERYONE,
        args=holder_id,
        get=False,
        post=lambda world: {
            "skill": "livestreaming",
            "family": "skill_level",
            "number": "ABC",
            "issuer": "甲",
            "issued_on": "2024-01-15",
        },
    ),
    Door(
        "api:add_external_evidence",
        RECORDERS,
        EVERYONE,
        args=external_id,
        get=False,
        method="upload",
        post=lambda world: {"file": SimpleUploadedFile("证书.pdf", b"%PDF-1.7")},
    ),
    Door(
        "api:verify_external_certificate",
        APPROVERS,
        EVERYONE,
        args=external_id,
        get=False,
        post=lambda world: {"how": "看了原件"},
    ),
    Door(
        "api:cancel_external_certificate",
        APPROVERS,
        EVERYONE,
        args=external_id,
        get=False,
        post=lambda world: {"reason": "登记错了"},
    ),
    Door("certificates:verify-external", APPROVERS, EVERYONE, args=external_id, get=False, post=nothing),
    Door("certificates:cancel-external", APPROVERS, EVERYONE, args=external_id, get=False, post=nothing),
    Door("certificates:issue-slip", HANDERS, EVERYONE, args=holder_id, get=False, post=nothing),
    Door("certificates:end-slip", HANDERS, EVERYONE, args=slip_ids, get=False, post=nothing),
    # Holders have no account: whoever has not proved to be one is led to where they do.
    Door("certificates:my", public=True, post=nothing),
    Door("certificates:my-help", public=True),
    Door("certificates:my-end", public=True, get=False, post=nothing),
    Door("certificates:slip", public=True, args=slip_token, post=nothing),
    Door("certificates:my-certificate", public=True, args=certificate_id, answers=SENT_AWAY),
    Door("certificates:my-qr", public=True, args=certificate_id, answers=SENT_AWAY),
    Door("certificates:my-pdf", public=True, args=certificate_id, answers=SENT_AWAY),
    Door("certificates:my-image", public=True, args=certificate_id, answers=SENT_AWAY),
    Door("certificates:my-open-badge", public=True, args=certificate_id, answers=SENT_AWAY),
    Door("certificates:my-shares", public=True, answers=SENT_AWAY),
    Door("certificates:new-share", public=True, post=nothing, answers=SENT_AWAY),
    Door("certificates:my-share", public=True, args=share_id, answers=SENT_AWAY),
    Door("certificates:end-share", public=True, args=share_id, post=nothing, answers=SENT_AWAY),
    Door("certificates:shared", public=True, args=share_token),
    Door("certificates:ask-bulk-file", READERS, EVERYONE, args=cohort_id, get=False, post=images),
    Door("certificates:bulk-file", READERS, EVERYONE, args=bulk_file_id),
    Door("certificates:bulk-download", READERS, EVERYONE, args=bulk_file_id),
    Door("certificates:templates", READERS, listing=True),
    Door("certificates:new-template", frozenset({OFFICER}), listing=True, post=nothing),
    Door("certificates:template", FEDERATION, args=template_id),
    Door("certificates:edit-template", frozenset({OFFICER}), FEDERATION, args=template_id, post=nothing),
    Door("certificates:use-template", APPROVERS, FEDERATION, args=template_id, get=False, post=nothing),
    Door("certificates:end-template", APPROVERS, FEDERATION, args=template_id, get=False, post=nothing),
    Door(
        "certificates:discard-template",
        frozenset({OFFICER}),
        FEDERATION,
        args=lambda world: [a_template(world.federation, begins=None).public_id],
        get=False,
        post=nothing,
    ),
    Door("certificates:specimen", FEDERATION, args=lambda world: [world.template.public_id, "phone.png"]),
    # The API says the same.
    Door("api:list_certificate_templates", READERS, listing=True),
    Door("api:get_certificate_template", FEDERATION, args=template_id),
    Door("api:verify_certificate", public=True, args=public_code),
    Door(
        "api:verify_certificates",
        public=True,
        get=False,
        post=lambda world: {"codes": [world.public_certificate.code, "ABC"]},
    ),
    Door("api:get_certificate", READERS, EVERYONE, args=certificate_id),
    Door("api:get_open_badge", READERS, EVERYONE, args=certificate_id),
    Door(
        "api:withdraw_certificate",
        APPROVERS,
        EVERYONE,
        args=certificate_id,
        get=False,
        post=lambda world: {"reason_class": "none of them"},
    ),
    Door(
        "api:suspend_certificate",
        APPROVERS,
        EVERYONE,
        args=certificate_id,
        get=False,
        post=lambda world: {"reason_class": "none of them"},
    ),
    Door("api:reinstate_certificate", APPROVERS, EVERYONE, args=certificate_id, get=False, post=nothing),
    Door(
        "api:correct_cohort_certificates",
        CORRECTORS,
        EVERYONE,
        args=cohort_id,
        get=False,
        post=lambda world: {"rows": []},
    ),
    Door(
        "api:change_cohort_certificates",
        APPROVERS,
        EVERYONE,
        args=cohort_id,
        get=False,
        post=lambda world: {"kind": "withdraw"},
    ),
    Door(
        "api:change_base_certificates",
        APPROVERS,
        EVERYONE,
        args=base_id,
        get=False,
        post=lambda world: {"kind": "withdraw"},
    ),
    Door("api:cohort_certificates_touched", APPROVERS, EVERYONE, args=cohort_id),
    Door("api:base_certificates_touched", APPROVERS, EVERYONE, args=base_id),
    Door("api:correct_certificate", CORRECTORS, EVERYONE, args=certificate_id, get=False, post=nothing),
    Door("api:certificate_changes", READERS, listing=True),
    Door("api:certificate_change", READERS, EVERYONE, args=change_id),
    Door("api:approve_certificate_change", APPROVERS, EVERYONE, args=change_id, get=False, post=nothing),
    Door("api:refuse_certificate_change", APPROVERS, EVERYONE, args=change_id, get=False, post=nothing),
    Door("api:undo_certificate_change", APPROVERS, EVERYONE, args=change_id, get=False, post=nothing),
    Door("api:hasten_certificate_change", APPROVERS, EVERYONE, args=change_id, get=False, post=nothing),
    Door("api:issue_slip", HANDERS, EVERYONE, args=holder_id, get=False, post=nothing),
    Door("api:end_slip", HANDERS, EVERYONE, args=slip_id, get=False, post=nothing),
    Door("api:cohort_certificates", READERS, EVERYONE, args=cohort_id),
    Door(
        "api:issue_cohort_certificates",
        frozenset({MANAGER}),
        EVERYONE,
        args=cohort_id,
        get=False,
        post=lambda world: {"limit": 1},
    ),
]

MODELS = {
    "certificates.BulkFile": "scoped",
    "certificates.BulkPart": "internal",
    "certificates.Certificate": "scoped",
    "certificates.CertificateEvent": "internal",
    "certificates.CertificateReport": "scoped",
    "certificates.Change": "scoped",
    "certificates.ChangeItem": "internal",
    "certificates.ChangePolicy": "internal",
    "certificates.CertificateTemplate": "scoped",
    "certificates.ExternalCertificate": "scoped",
    "certificates.NumberSeries": "internal",
    # A holder's own: staff have no door to them.
    "certificates.Share": "internal",
    "certificates.ShareOpening": "internal",
    "certificates.SigningKey": "internal",
    "certificates.TemplateImage": "internal",
    "certificates.StatusChange": "internal",
    "certificates.StatusList": "internal",
    "certificates.Slip": "scoped",
}
