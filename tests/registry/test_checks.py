"""An installation that would be unsafe says so before it starts."""

import base64
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from registry import checks

KEY = base64.b64encode(bytes(range(32))).decode()
OTHER = base64.b64encode(bytes(range(1, 33))).decode()
PRODUCTION = {
    "TWOSKILLS_ENV": "production",
    "SECRET_KEY": KEY,
    "SEALING_KEYS": f"1:{KEY}",
    "INDEX_KEY": OTHER,
    "ALLOWED_HOSTS": "zs.example.cn",
    "PUBLIC_BASE_URL": "https://zs.example.cn",
    "DATABASE_URL": "sqlite:///:memory:",
}


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`manage.py check` in production with this environment and nothing inherited."""
    inherited = {"PATH": os.environ["PATH"]}
    folders = {"TWOSKILLS_VAR": str(folder), "SIGNING_KEY_DIR": str(folder)}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={**inherited, **folders, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_when_everything_is_set(tmp_path: Path) -> None:
    started = start(tmp_path, **PRODUCTION)
    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize("secret", ["SECRET_KEY", "SEALING_KEYS", "INDEX_KEY"])
def test_production_has_no_default_for_a_secret_and_says_which_is_missing(
    secret: str, tmp_path: Path
) -> None:
    started = start(tmp_path, **{name: value for name, value in PRODUCTION.items() if name != secret})
    assert started.returncode != 0
    assert f"Set {secret}" in started.stderr


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    environment = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}
    assert start(tmp_path, **environment, SECRET_KEY_FILE=str(tmp_path / "key")).returncode == 0


def found(check: object) -> list[str]:
    return [message.id for message in check(None)]  # type: ignore[operator]


def test_the_settings_of_the_tests_are_right() -> None:
    for check in (checks.keys, checks.hosts, checks.production, checks.fonts):
        assert found(check) == []


@pytest.mark.parametrize(
    ("sealing", "index"), [("1:short", KEY), ("", KEY), (f"1:{KEY},1:{OTHER}", OTHER), (f"1:{KEY}", "AAAA")]
)
def test_keys_that_cannot_be_read_are_an_error(sealing: str, index: str, settings: Any) -> None:
    settings.SEALING_KEYS, settings.INDEX_KEY = sealing, index
    assert found(checks.keys) == ["registry.E001"]


def test_the_index_key_is_no_sealing_key(settings: Any) -> None:
    settings.SEALING_KEYS, settings.INDEX_KEY = f"1:{KEY}", KEY
    assert found(checks.keys) == ["registry.E002"]


def test_hosts_and_public_address_must_be_named(settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.PUBLIC_BASE_URL = ["*"], "https://zs.example.cn"
    assert found(checks.hosts) == ["registry.E003"]
    settings.ALLOWED_HOSTS = ["intra.example.cn"]
    assert found(checks.hosts) == ["registry.W005"]
    settings.PUBLIC_BASE_URL = "zs.example.cn"
    assert found(checks.hosts) == ["registry.E004"]


def test_production_neither_debugs_nor_prints_http_addresses(settings: Any) -> None:
    settings.PRODUCTION, settings.DEBUG, settings.PUBLIC_BASE_URL = True, True, "http://zs.example.cn"
    assert found(checks.production) == ["registry.E006", "registry.E007"]


def test_missing_fonts_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "FONTS", "no_such_fonts")
    assert found(checks.fonts) == ["registry.E009"]
