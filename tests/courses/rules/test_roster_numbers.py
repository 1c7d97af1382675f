"""The traps of a roster's numbers: 身份证号 and 残疾人证号 as spreadsheets and people spoil them."""

import pytest

from courses.rules.roster_choices import PersonKind
from courses.rules.roster_problems import Severity
from registry.rules.disability_numbers import DisabilityCategory
from tests.courses.rules.roster_rows import ID, check, check_one, codes, problems
from tests.courses.workbooks import messy

# Trap 1: numbers in numeric cells.


@pytest.mark.parametrize("build", [messy.messy_roster, messy.xls_roster, messy.excel_roster])
def test_a_citizen_id_in_a_numeric_cell_has_lost_its_end(build):
    data = build([messy.person(2, 身份证号=int(ID))])

    (row,) = check(data, "a.xls" if build is messy.xls_roster else "a.xlsx")

    assert row.row is None
    assert ("citizen_id", "citizen_id_numeric", {}) in problems(row)


def test_a_disability_number_in_a_numeric_cell_has_lost_its_end():
    row = check_one(残疾人证号=int(f"{ID}31"))

    assert problems(row) == [("disability_number", "disability_number_numeric", {})]


@pytest.mark.parametrize("shown", ["6.20502E+17", "6.205E17", "620502197103150000"])
def test_a_number_that_lost_its_end_and_became_text_is_told_the_same(shown):
    (row,) = check(messy.csv_roster([messy.person(2, 身份证号=shown, 残疾人证号="")]), "a.csv")

    assert "citizen_id_numeric" in codes(row)


def test_a_disability_number_that_lost_its_end_and_became_text_is_told_the_same():
    assert "disability_number_numeric" in codes(check_one(残疾人证号="62050219710315000000"))


def test_an_honest_number_that_ends_in_zeros_is_accepted():
    honest = next(
        number
        for order in range(0, 1000, 100)
        for month in range(1, 13)
        for day in range(1, 29)
        if (number := messy.citizen_id(born=f"1971{month:02}{day:02}", order=order)).endswith("000")
    )

    assert check_one(身份证号=honest, 性别="女", 残疾人证号=f"{honest}11").problems == ()


def test_a_telephone_number_in_a_numeric_cell_is_fine():
    assert check_one(联系电话=13812341234).row.phone == "13812341234"


# Trap 2: what stands around and inside a number.

X_ID = next(n for o in range(2, 900, 2) if (n := messy.citizen_id(order=o)).endswith("X"))


@pytest.mark.parametrize(
    "typed",
    [
        X_ID.lower(),
        X_ID.translate({ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789X"}),
        f"{X_ID[:6]} {X_ID[6:14]} {X_ID[14:]}",
        f"'{X_ID}",
        f"\u2018{X_ID}",
        f"\u00a0{X_ID}\u00a0",
        f"{X_ID[:6]}-{X_ID[6:]}",
        f"{X_ID}\n",
    ],
)
def test_a_number_is_cleaned_without_a_word(typed):
    row = check_one(身份证号=typed, 残疾人证号=f"{typed.strip()}12")

    assert row.problems == ()
    assert row.row.citizen_id.value == X_ID
    assert row.row.disability_number.value == f"{X_ID}12"


@pytest.mark.parametrize(
    ("typed", "code", "facts"),
    [
        (None, "citizen_id_missing", {}),
        ("620502710315002", "citizen_id_length", {"length": 15, "expected": 18}),
        (ID[:-1] + "A", "citizen_id_characters", {"position": 18}),
        (messy.citizen_id(born="19710231"), "citizen_id_birth_date", {}),
        (messy.citizen_id(born="20240421"), "citizen_id_future", {}),
        (messy.citizen_id(born="19000101"), "citizen_id_age", {"limit": 120}),
        (ID[:-1] + ("1" if ID[-1] != "1" else "2"), "citizen_id_checksum", {}),
        ("#N/A", "cell_error", {}),
    ],
)
def test_a_wrong_number_stops_the_row_and_says_what_is_wrong(typed, code, facts):
    row = check_one(身份证号=typed, 残疾人证号=None, 学员类别="工伤职工")

    assert row.row is None
    assert problems(row) == [("citizen_id", code, facts)]


# Trap 5: somebody else's certificate.


def test_a_certificate_of_another_person_stops_the_row():
    row = check_one(残疾人证号=messy.citizen_id(order=8) + "11")

    assert row.row is None
    assert problems(row) == [("disability_number", "disability_number_mismatch", {})]


def test_a_family_member_may_give_the_certificate_of_the_relative():
    row = check_one(残疾人证号=messy.citizen_id(order=8) + "11", 学员类别="残疾人家庭成员")

    assert problems(row) == [("disability_number", "certificate_of_relative", {})]
    assert row.row.disability_number is None
    assert row.row.relative_number.citizen_id.value == messy.citizen_id(order=8)


@pytest.mark.parametrize(
    ("tail", "code", "facts"),
    [
        ("1", "disability_number_length", {"length": 19, "expected": 20}),
        ("81", "disability_number_category", {"lowest": 1, "highest": 7}),
        ("15", "disability_number_grade", {"lowest": 1, "highest": 4}),
        ("11BX", "disability_number_reissue", {}),
    ],
)
def test_a_wrong_certificate_number_stops_the_row(tail, code, facts):
    assert problems(check_one(残疾人证号=f"{ID}{tail}")) == [("disability_number", code, facts)]


def test_a_certificate_number_with_a_wrong_id_inside_says_so():
    wrong = f"{ID[:6]}1971023100{ID[16:]}11"

    row = check_one(残疾人证号=wrong)

    assert problems(row) == [
        ("disability_number", "disability_number_citizen_id", {"reason": "citizen_id_birth_date"})
    ]


# Trap 8: category 7, re-issues, nobody's certificate.


@pytest.mark.parametrize(("mark", "reissue_no"), [("B1", 1), ("B", 1), ("b2", 2)])
def test_multiple_disabilities_and_reissued_certificates_are_accepted(mark, reissue_no):
    row = check_one(残疾人证号=f"{ID}72{mark}", 残疾类别="多重", 残疾等级="二级")

    assert row.problems == ()
    assert row.row.disability_number.category is DisabilityCategory.MULTIPLE
    assert row.row.disability_number.reissue_no == reissue_no


@pytest.mark.parametrize("number", [None, "无", " "])
def test_no_certificate_is_questioned(number):
    row = check_one(残疾人证号=number)

    assert problems(row) == [("disability_number", "disability_number_missing", {})]
    assert row.row.disability_number is None


@pytest.mark.parametrize(
    ("label", "words", "kind"),
    [
        ("学员类别", "残疾人家庭成员", PersonKind.HOUSEHOLD_MEMBER),
        ("人员类别", "家属", PersonKind.HOUSEHOLD_MEMBER),
        ("人员类别", "低保、工伤职工", PersonKind.WORK_INJURY),
    ],
)
def test_no_certificate_is_fine_for_family_members_and_injured_workers(label, words, kind):
    row = check_one(残疾人证号=None, **{label: words})

    assert not [one for one in row.problems if one.severity is not Severity.INFO]
    assert row.row.person_kind is kind
