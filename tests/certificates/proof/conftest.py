"""The frozen vectors, for every test that names `vector`, and the script that made them."""

import importlib.util
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import settings

from certificates.proof.claims import Claims
from certificates.proof.keys import TrustBundle

# A busy machine is slow now and then; that is not a fault of the code under test.
settings.register_profile("twoskills", deadline=None)
settings.load_profile("twoskills")

HERE = Path(__file__).resolve().parent
VECTORS = HERE / "vectors"


@dataclass(frozen=True)
class Vector:
    name: str
    content: dict[str, Any]

    @property
    def code(self) -> str:
        return self.content["code"]

    @property
    def fragment(self) -> str:
        return self.content["fragment"]

    @property
    def expect(self) -> dict[str, Any]:
        return self.content["expect"]

    @property
    def bundle_text(self) -> str:
        return (VECTORS / "bundles" / f"{self.content['bundle']}.json").read_text("utf-8")


def all_vectors() -> list[Vector]:
    return [Vector(path.stem, json.loads(path.read_text("utf-8"))) for path in sorted(VECTORS.glob("*.json"))]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "vector" in metafunc.fixturenames:
        metafunc.parametrize("vector", all_vectors(), ids=lambda vector: vector.name)


@pytest.fixture(scope="session")
def vectors() -> list[Vector]:
    return all_vectors()


@pytest.fixture(scope="session")
def vectors_folder() -> Path:
    return VECTORS


@pytest.fixture(scope="session")
def maker() -> ModuleType:
    """The script that made the vectors: its fixed keys, code and pieces."""
    spec = importlib.util.spec_from_file_location("make_vectors", HERE / "make_vectors.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def bundle() -> TrustBundle:
    return TrustBundle.from_json((VECTORS / "bundles" / "bundle.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def claims() -> Claims:
    return Claims(
        name="李明月",
        skill=20,
        level=5,
        hours=120,
        issued_on=date(2024, 6, 18),
        base=1705,
        status_index=123456,
    )
