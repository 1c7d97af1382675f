"""Reading the templates of certificates. They are written in the pages, where their specimens can be seen."""

from datetime import date

from ninja import Router, Schema

from certificates.models import CertificateTemplate
from certificates.queries import templates as queries
from certificates.queries.templates import Version
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere

router = Router()


class TemplateOut(Schema):
    """`state`: draft, waiting, in_use, superseded, ended. The `…_en` texts are empty but in `language` zh-en."""

    id: str
    federation: str
    region: str
    version: int
    language: str
    state: str
    in_use_from: date | None
    ended_on: date | None
    title: str
    certifies: str
    statement: str
    instruction: str
    title_en: str
    certifies_en: str
    statement_en: str
    instruction_en: str
    logo_alt: str
    seal_alt: str


@router.get("/templates", response=list[TemplateOut], operation_id="list_certificate_templates")
def list_certificate_templates(request: ActorRequest) -> list[TemplateOut]:
    """Every version of the federations in reach, by region, the newest first."""
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    seen = CertificateTemplate.objects.visible_to(request.actor).select_related("federation__region")
    return [
        _out(row) for row in queries.versions(seen.order_by("federation__region__code", "-version"), today())
    ]


@router.get("/templates/{public_id}", response=TemplateOut, operation_id="get_certificate_template")
def get_certificate_template(request: ActorRequest, public_id: str) -> TemplateOut:
    seen = CertificateTemplate.objects.visible_to(request.actor).select_related("federation__region")
    held = one(seen, public_id=public_id)
    require(request.actor, Permission.CERTIFICATE_READ, region_path=held.federation.region.path)
    return _out(Version(held, queries.version(held, today()).state))


def _out(row: Version) -> TemplateOut:
    held = row.template
    texts = {name: getattr(held, name) for name in TemplateOut.model_fields if hasattr(held, name)}
    return TemplateOut(
        **texts
        | {
            "id": held.public_id,
            "federation": held.federation.public_id,
            "region": held.federation.region.code,
            "state": row.state.value,
        }
    )
