"""`cwt`, a COSE library we did not write, accepts the valid vectors and rejects the hostile ones."""

from pathlib import Path
from typing import Any

import pytest

from tests import interop


@pytest.fixture(scope="module")
def answers(vectors_folder: Path) -> dict[str, dict[str, Any]]:
    script = Path(__file__).with_name("check_with_cwt.py")
    found: dict[str, dict[str, Any]] = interop.python(script, {"folder": str(vectors_folder)})
    return found


def test_the_other_library_agrees_on_every_vector_that_cose_decides(
    answers: dict[str, dict[str, Any]], vectors: Any
) -> None:
    expected = {v.name: v.content["cose_library"] for v in vectors if v.content["cose_library"] is not None}
    assert {name: answer["answer"] for name, answer in answers.items()} == expected
    assert sum(answer == "accept" for answer in expected.values()) >= 14
    assert sum(answer == "reject" for answer in expected.values()) >= 25


def test_the_other_library_reads_the_same_claims(answers: dict[str, dict[str, Any]], vectors: Any) -> None:
    for vector in vectors:
        if vector.content["cose_library"] == "accept":
            claims = vector.expect["claims"]
            signed = answers[vector.name]["claims"]
            assert signed["1"] == claims["name"]
            assert signed["2"] == claims["skill"] * 10 + claims["level"]
            assert signed["6"] == claims["status_index"]
