"""The benchmarks against peers still do what they say; how fast is not for a test to assert."""

import gc
from collections.abc import Iterator

import pytest

from benchmarks import issue


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(issue, "SECONDS", 0.01)
    yield
    gc.unfreeze()


def test_we_and_every_peer_sign_and_read_the_same_certificate() -> None:
    # Each refuses its own signature with a byte changed, or its script fails.
    ours, theirs = issue.ours(), issue.peers()

    assert {row["who"].rpartition(" ")[0] for row in theirs} >= {
        "openbadgeslib",
        "cwt",
        "@digitalcredentials/vc",
        "@auth0/cose",
    }
    assert all(row["sign"] > 0 and row["verify"] > 0 for row in theirs)
    assert all(row["sign"] > 0 for row in ours)


def test_the_table_has_a_ratio_for_each_peer() -> None:
    rows = [
        {"who": "TwoSkills", "form": "QR", "bytes": 115, "sign": 100.0, "verify": 50.0},
        {"who": "peer 1", "form": "JWT", "bytes": 3_000, "sign": 40.0, "verify": 100.0},
        {"who": "TwoSkills", "form": "JWT", "bytes": 3_000, "sign": 100.0, "verify": 0.0},
    ]

    table = issue.signing_table(rows)

    assert "| peer 1 | JWT | 3,000 | 40 | 2.5 | 100 | 0.5 |" in table
    assert "| TwoSkills | JWT | 3,000 | 100 | 1.0 | – |  |" in table
