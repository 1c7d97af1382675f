"""`cwt`, a COSE library we did not write, accepts the valid vectors and rejects the hostile ones."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
PYTHON = ROOT / ".venv-interop" / "bin" / "python"


@pytest.fixture(scope="module")
def answers(vectors_folder: Path) -> dict[str, dict[str, Any]]:
    if not PYTHON.exists():
        message = "No .venv-interop: make it with python3 -m venv and pip install -r requirements-interop.txt"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    script = Path(__file__).with_name("check_with_cwt.py")
    done = subprocess.run([PYTHON, script, vectors_folder], capture_output=True, check=True, timeout=120)
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
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
