"""The frozen vectors, for every test that names `vector`, and the script that made them."""

import importlib.util
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import settings

from certificates.proof.claims import Claims
from certificates.proof.keys import KeyPurpose, PublicKey
from certificates.proof.sign import LocalSigner
from certificates.proof.status import Status, StatusList
from certificates.proof.status_token import sign_cwt, sign_jwt
from certificates.proof.trust import TrustBundle

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
    """The script that made the certificates' vectors: its fixed keys, code and pieces."""
    return script("make_vectors")


@pytest.fixture(scope="session")
def trust_maker() -> ModuleType:
    """The script that made the vectors of bundles and status lists."""
    return script("make_trust_vectors")


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
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


@dataclass(frozen=True)
class Registry:
    """A registry with its keys, as of a moment: what signs bundles and status lists in these tests."""

    service: LocalSigner
    certificate: LocalSigner
    at: datetime

    @property
    def bundle(self) -> TrustBundle:
        return self.bundle_with()

    def bundle_with(self, *others: PublicKey, **changes: Any) -> TrustBundle:
        """The registry's bundle; `others` are further keys, `changes` are to its service key."""
        service: dict[str, Any] = {
            "owner": "登记处",
            "purpose": KeyPurpose.SERVICE,
            "not_before": date(2024, 1, 1),
        }
        federation = PublicKey.of(
            self.certificate.public_key, owner="天水市残疾人联合会", not_before=date(2022, 1, 1)
        )
        return TrustBundle(
            as_of=self.at.date(),
            keys=(federation, PublicKey.of(self.service.public_key, **(service | changes)), *others),
            issuer="https://cert.example.cn",
            issued_at=self.at,
        )

    def token(self, entries: dict[int, Status] | None = None, **changes: Any) -> str:
        """A status list (JWT) of an hour ago that expires in a day."""
        return sign_jwt(*self._list(entries), **(self._dates() | changes))

    def cwt(self, entries: dict[int, Status] | None = None, **changes: Any) -> bytes:
        return sign_cwt(*self._list(entries), **(self._dates() | changes))

    def _list(self, entries: dict[int, Status] | None) -> tuple[StatusList]:
        statuses = StatusList()
        for place, status in (entries or {}).items():
            statuses.set(place, status)
        return (statuses,)

    def _dates(self) -> dict[str, Any]:
        return {
            "uri": "https://cert.example.cn/status/0",
            "issued_at": self.at - timedelta(hours=1),
            "expires_at": self.at + timedelta(days=1),
            "ttl": 3600,
            "signer": self.service,
        }


@pytest.fixture(scope="session")
def registry(maker: ModuleType) -> Registry:
    return Registry(
        service=maker.fixed_signer("service"),
        certificate=maker.SIGNER,
        at=datetime(2024, 7, 1, 4, tzinfo=UTC),
    )
