"""What lies behind the doors of `certificates`, who they are for, and how each is addressed."""

from django.utils import timezone

from certificates.actions import bulk_files, certificates
from certificates.views import making
from registry.rules.access import SYSTEM
from tests.access import (
    APPROVER,
    AUDITOR,
    BASE_READER,
    COUNSELLOR,
    MANAGER,
    OFFICER,
    READER,
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
