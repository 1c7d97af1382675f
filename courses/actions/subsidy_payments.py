"""The list of payments (发放名册) of approved claims, as a workbook for whoever pays them."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction

from courses.models import SubsidyClaim, SubsidyItem
from courses.rules import bank_accounts
from courses.workbooks.writing import write_table
from registry.actions import exports
from registry.errors import InvalidInput
from registry.models import Export, Region
from registry.rules.access import Actor, Permission, require
from registry.rules.masking import mask_citizen_id, mask_name

# The labels stay Chinese in every language: a sheet goes from hand to hand.
HEADERS = ("收款人", "证件号码", "银行账号", "金额（元）", "补贴类别", "资金来源", "申领编号", "导出编号")
PERSONAL = {"name": "收款人", "citizen_id": "证件号码", "bank_account": "银行账号"}
MAY_BE_LISTED = frozenset({"approved", "paid"})


@transaction.atomic
def payment_file(
    *,
    by: Actor,
    on: date,
    claims: Sequence[SubsidyClaim],
    purpose: str,
    recipient: str,
    in_clear: Collection[str] = (),
) -> tuple[bytes, Export]:
    """An xlsx with a row for each payee, and the record of the export; what is not `in_clear` is masked.

    Raises NotPermitted without the permission to pay each of the claims and to hand data out, InvalidInput.
    """
    for claim in claims:
        require(by, Permission.SUBSIDY_PAY, region_path=claim.region.path)
    if not claims or any(claim.state not in MAY_BE_LISTED for claim in claims):
        raise InvalidInput(fields={"claims": "field_choice" if claims else "field_missing"})
    region = common_region(claims)
    exports.require_reason(by=by, region=region, purpose=purpose, recipient=recipient)
    number = exports.numbered()
    rows = [[*row, number] for row in _rows(claims, in_clear)]
    data = write_table(HEADERS, rows, sheet_name="发放名册")
    made = exports.record(
        by=by,
        on=on,
        region=region,
        about="subsidy_payments",
        purpose=purpose,
        recipient=recipient,
        fields=HEADERS,
        in_clear=[label for key, label in PERSONAL.items() if key in in_clear],
        rows=len(rows),
        data=data,
        subject_id=claims[0].public_id if len(claims) == 1 else "",
        public_id=number,
    )
    return data, made


def common_region(claims: Sequence[SubsidyClaim]) -> Region:
    """The lowest region that holds all of these claims."""
    paths = [claim.region.ancestor_codes for claim in claims]
    shared = [codes[0] for codes in zip(*paths, strict=False) if len(set(codes)) == 1]
    return Region.objects.get(code=shared[-1])


def _rows(claims: Sequence[SubsidyClaim], in_clear: Collection[str]) -> list[list[str]]:
    items: dict[int, list[SubsidyItem]] = {}
    held = SubsidyItem.objects.filter(claim__in=claims, is_left_out=False, recovered_on__isnull=True)
    for item in held.select_related("person"):
        items.setdefault(item.claim_id, []).append(item)
    rows = []
    for claim in claims:
        about = [claim.scheme.get_kind_display(), claim.get_funding_source_display(), claim.public_id]
        paid = items.get(claim.pk, [])
        if claim.scheme.is_paid_to_base and claim.base is not None:
            total = sum(item.amount for item in paid)
            rows.append([claim.base.name, claim.base.uscc, "", str(total), *about])
            continue
        for item in paid:
            person = item.person
            name = person.name if "name" in in_clear else mask_name(person.name)
            number = person.citizen_id if "citizen_id" in in_clear else mask_citizen_id(person.citizen_id)
            account = item.bank_account
            if "bank_account" not in in_clear:
                account = bank_accounts.masked(account)
            rows.append([name, number, account, str(item.amount), *about])
    return rows
