"""Every frozen vector gives exactly the answer written in it."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.main import QRCode
from qrcode.util import MODE_8BIT_BYTE, MODE_ALPHA_NUM, MODE_NUMBER, QRData

from certificates.proof.errors import CODES, ProofError
from certificates.proof.fragment import url
from certificates.proof.trust import TrustBundle
from certificates.proof.verify import verify


def answer(vector: Any) -> dict[str, Any]:
    try:
        verified = verify(vector.code, vector.fragment, TrustBundle.from_json(vector.bundle_text))
    except ProofError as error:
        return {"genuine": False, "step": error.step, "code": error.code, "claims": None, "owner": None}
    claims = asdict(verified.claims) | {"issued_on": verified.claims.issued_on.isoformat()}
    genuine = None if verified.registry_needed else True
    return {"genuine": genuine, "step": None, "code": None, "claims": claims, "owner": verified.owner}


def test_vector_gives_the_answer_written_in_it(vector: Any) -> None:
    assert answer(vector) == vector.expect


def test_vectors_are_what_their_scripts_make(maker: Any, trust_maker: Any, vectors_folder: Path) -> None:
    found = {
        path.relative_to(vectors_folder).as_posix(): path.read_text("utf-8")
        for path in vectors_folder.rglob("*.json")
    }
    assert found == maker.files() | trust_maker.files()


def test_vectors_cover_every_way_a_fragment_can_fail(vectors: Any) -> None:
    seen = {vector.expect["code"] for vector in vectors}
    # Not reachable from a code, a fragment and a readable bundle: each has its own test elsewhere.
    others = ("number_", "url_", "bundle_", "jws_", "status_", "scan_")
    elsewhere = {code for code in CODES if code.startswith(others)}
    elsewhere |= {"key_not_p256", "key_private", "key_id_wrong", "key_dates", "cose_type"}
    assert set(CODES) - elsewhere == seen - {None}


@pytest.mark.parametrize(("correction", "version"), [(ERROR_CORRECT_M, 8), (ERROR_CORRECT_Q, 10)])
@pytest.mark.parametrize("name", ["valid_two_hanzi", "valid_three_hanzi", "valid_extension_b"])
def test_common_names_fit_the_qr_sizes_that_phones_read_well(
    vectors: Any, name: str, correction: int, version: int
) -> None:
    vector = next(vector for vector in vectors if vector.name == name)
    text = url("https://cert.example.cn", vector.code, vector.fragment)
    address, digits = text.split("#")
    code = QRCode(error_correction=correction)
    for data, mode in ((address, MODE_ALPHA_NUM), ("#", MODE_8BIT_BYTE), (digits, MODE_NUMBER)):
        code.add_data(QRData(data.encode(), mode=mode), optimize=0)
    code.make(fit=True)
    assert code.version <= version
