"""Pages of the life of a base that the browser visits, in the states that look different."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse

from registry.actions import application_reviews, base_evaluations, rectifications
from registry.models import Account, TrainingBase
from registry.requests import today
from registry.rules.access import SYSTEM
from registry.rules.criteria import EVALUATION
from tests.browser.visits import Visit
from tests.conftest import TODAY
from tests.registry.base_factories import (
    REASONS,
    a_suspension,
    an_agency,
    an_application,
    an_evaluation,
    to_mend,
)
from tests.registry.factories import a_base, a_federation, an_account, an_accreditation

LONG = "天水市秦州区残疾人职业技能培训和就业创业孵化示范基地（盲人保健按摩实训中心）"
PROVISIONS = ["braille", "sign_language", "wheelchair", "toilet", "lodging"]


def city_account(role: str) -> Account:
    return an_account(role, a_federation("620500"))


def at(
    name: str,
    *args: Any,
    account: Account | None = None,
    post: Mapping[str, Any] | None = None,
    query: str = "",
    status: int = 0,
) -> Visit:
    return Visit(account, reverse(f"registry:{name}", args=args) + query, post, status)


def a_rich_base() -> TrainingBase:
    """A base with every kind of thing in its life, its plaque suspended today."""
    base = a_base("620502", name=LONG, provisions=PROVISIONS, address="甘肃省天水市秦州区民主西路 26 号")
    plaque = an_accreditation(base)
    a_suspension(plaque, on=today(), starts_on=today())
    an_application("returned", base=base)
    an_evaluation("decided", base=base)
    return base


def of_base(name: str, role: str = "approver", **values: Any) -> Visit:
    return at(name, a_rich_base().public_id, account=city_account(role), **values)


def suspending(**values: Any) -> Visit:
    plaque = an_accreditation(a_base("620502"))
    args = (plaque.base.public_id, plaque.pk)
    return at("suspend-accreditation", *args, account=city_account("approver"), **values)


def reinstating(**values: Any) -> Visit:
    base = a_rich_base()
    suspension = base.accreditations.get().suspensions.get()
    args = (base.public_id, suspension.pk)
    return at("reinstate-accreditation", *args, account=city_account("approver"), **values)


def applying(*, renews: bool = False, **values: Any) -> Visit:
    base = a_base("620502", provisions=PROVISIONS)
    a_federation("620502")
    query = f"?renews={an_accreditation(base).pk}" if renews else ""
    account = an_account("base_manager", base)
    return at("apply", base.public_id, account=account, query=query, **values)


def list_of_applications(role: str = "federation_officer", query: str = "", **values: Any) -> Visit:
    for state in ("draft", "submitted", "returned", "accepted", "accepted"):
        an_application(state)
    return at("applications", account=city_account(role), query=query, **values)


def of_application(state: str, role: str = "federation_officer", **values: Any) -> Visit:
    return at("application", an_application(state).public_id, account=city_account(role), **values)


def on_notice() -> Visit:
    application = an_application("accepted")
    application_reviews.publish(by=SYSTEM, on=TODAY, applications=[application])
    return at("application", application.public_id, account=city_account("approver"))


def a_step(state: str, name: str, role: str = "approver", **values: Any) -> Visit:
    args = (an_application(state).public_id, name)
    return at("application-step", *args, account=city_account(role), **values)


def publishing(**values: Any) -> Visit:
    chosen = [an_application("accepted").public_id for _n in range(2)]
    query = "?" + "&".join(f"application={one}" for one in chosen)
    return at("publish-applications", account=city_account("federation_officer"), query=query, **values)


def editing(**values: Any) -> Visit:
    args = [an_application("returned").public_id]
    return at("edit-application", *args, account=city_account("federation_officer"), **values)


def no_paper() -> Visit:
    args = [an_application().public_id]
    return at("application-evidence", *args, account=city_account("federation_officer"), post={})


def list_of_evaluations(**values: Any) -> Visit:
    an_evaluation("decided")
    to_mend(a_base("620503"))
    return at("base-evaluations", account=city_account("federation_officer"), **values)


def starting(**values: Any) -> Visit:
    a_federation("620502")
    return at("start-evaluations", account=city_account("federation_officer"), **values)


def of_evaluation(evaluation: Any, role: str = "federation_officer") -> Visit:
    return at("base-evaluation", evaluation.public_id, account=city_account(role))


def mended() -> Visit:
    evaluation = to_mend()
    rectifications.report(by=SYSTEM, on=TODAY, evaluation=evaluation, text="考勤台账已经补齐。")
    return of_evaluation(evaluation)


def an_evaluation_step(state: str, name: str, role: str = "approver", **values: Any) -> Visit:
    points = [65] * len(EVALUATION)
    evaluation = an_evaluation("assessed") if state == "assessed" else an_evaluation()
    if state == "scored":
        base_evaluations.score(
            by=SYSTEM, on=TODAY, evaluation=evaluation, points=points, opinion="台账不齐。"
        )
    args = (evaluation.public_id, name)
    return at("base-evaluation-step", *args, account=city_account(role), **values)


def list_of_agencies() -> Visit:
    an_agency()
    an_agency("秦州区青年创业园", kind="carrier", is_open=False)
    return at("agencies", account=city_account("federation_officer"))


def an_edit_of_an_agency(**values: Any) -> Visit:
    return at("agency", an_agency().public_id, account=city_account("federation_officer"), **values)


def the_directory(query: str = "") -> Visit:
    base = a_base(
        "620502",
        categories=["blind_massage", "heritage"],
        provisions=PROVISIONS,
        address="秦州区残联大楼一层",
        phone="0938-8210000",
    )
    an_accreditation(base)
    an_accreditation(a_base("620503", address="麦积区渭滨北路 2 号"), a_federation("620503"))
    return at("directory", query=query)


def the_agencies(query: str = "") -> Visit:
    an_agency(provisions=PROVISIONS)
    an_agency("秦州区残疾人就业服务所", public_name="秦州区就业服务所")
    return at("directory-agencies", query=query)


def coverage(query: str = "") -> Visit:
    a_rich_base()
    an_accreditation(a_base("620503"))
    return at("base-coverage", account=city_account("federation_officer"), query=query)


VISITS: dict[str, Callable[[], Visit]] = {
    "registry:base, with everything": lambda: of_base("base"),
    "registry:base, to its manager": lambda: at(
        "base", (base := a_rich_base()).public_id, account=an_account("base_manager", base)
    ),
    "registry:edit-base": lambda: of_base("edit-base", "federation_officer"),
    "registry:edit-base, nothing filled in": lambda: of_base("edit-base", "federation_officer", post={}),
    "registry:base-history": lambda: of_base("base-history"),
    "registry:base-coverage": coverage,
    "registry:base-coverage, no such day": lambda: coverage("?on=yesterday"),
    "registry:base-coverage, gaps": lambda: coverage("?kind=incubation&gaps=on"),
    "registry:suspend-accreditation": suspending,
    "registry:suspend-accreditation, nothing filled in": lambda: suspending(post={}),
    "registry:reinstate-accreditation": reinstating,
    "registry:reinstate-accreditation, nothing filled in": lambda: reinstating(post={}),
    "registry:apply": applying,
    "registry:apply, a renewal": lambda: applying(renews=True),
    "registry:apply, nothing filled in": lambda: applying(post={}),
    "registry:applications": list_of_applications,
    "registry:applications, to publish": lambda: list_of_applications(query="?state=accepted"),
    "registry:applications, none": lambda: at("applications", account=city_account("read_only")),
    "registry:publish-applications": publishing,
    "registry:publish-applications, nothing filled in": lambda: publishing(post={"title": ""}),
    "registry:application, draft": lambda: of_application("draft"),
    "registry:application, to decide": lambda: of_application("checked", "approver"),
    "registry:application, returned": lambda: of_application("returned"),
    "registry:application, on notice": on_notice,
    "registry:edit-application": editing,
    "registry:edit-application, no such kind": lambda: editing(post={"kind": "none", **REASONS}),
    "registry:application-evidence, nothing chosen": no_paper,
    "registry:application-step, submit": lambda: a_step("draft", "submit", "federation_officer"),
    "registry:application-step, check": lambda: a_step("submitted", "check", "federation_officer"),
    "registry:application-step, check, nothing filled in": lambda: a_step(
        "submitted", "check", "federation_officer", post={}
    ),
    "registry:application-step, refuse": lambda: a_step("checked", "refuse"),
    "registry:application-step, accredit": lambda: a_step("accepted", "accredit"),
    "registry:application-step, accredit too early": lambda: a_step(
        "accepted", "accredit", post={"plaque_number": "1", "granted_on": "2024-06-03"}
    ),
    "registry:base-evaluations": list_of_evaluations,
    "registry:base-evaluations, none fits": lambda: list_of_evaluations(query="?year=2001"),
    "registry:start-evaluations": starting,
    "registry:start-evaluations, nothing filled in": lambda: starting(post={}),
    "registry:base-evaluation, started": lambda: of_evaluation(an_evaluation()),
    "registry:base-evaluation, decided": lambda: of_evaluation(an_evaluation("decided")),
    "registry:base-evaluation, to mend": lambda: of_evaluation(to_mend()),
    "registry:base-evaluation, mended": mended,
    "registry:base-evaluation-step, assess": lambda: an_evaluation_step(
        "started", "assess", "federation_officer"
    ),
    "registry:base-evaluation-step, score": lambda: an_evaluation_step(
        "assessed", "score", "federation_officer"
    ),
    "registry:base-evaluation-step, score, nothing filled in": lambda: an_evaluation_step(
        "assessed", "score", "federation_officer", post={}
    ),
    "registry:base-evaluation-step, decide": lambda: an_evaluation_step("scored", "decide"),
    "registry:base-evaluation-step, decide otherwise": lambda: an_evaluation_step(
        "scored", "decide", post={"result": "excellent"}
    ),
    "registry:agencies": list_of_agencies,
    "registry:agencies, none": lambda: at("agencies", account=city_account("federation_officer")),
    "registry:new-agency": lambda: at("new-agency", account=city_account("federation_officer")),
    "registry:new-agency, it discloses": lambda: at(
        "new-agency",
        account=city_account("federation_officer"),
        post={"name": "天水市残疾人就业服务中心", "kind": "hr_agency", "region": "620500"},
    ),
    "registry:agency": an_edit_of_an_agency,
    "registry:agency, nothing filled in": lambda: an_edit_of_an_agency(post={}),
    "registry:directory": the_directory,
    "registry:directory, none fits": lambda: the_directory("?provision=captions"),
    "registry:directory, no such place": lambda: the_directory("?region=桃花源"),
    "registry:directory-agencies": the_agencies,
    "registry:directory-agencies, none fits": lambda: the_agencies("?kind=carrier"),
}
