"""The verifiers we did not write are there, in the versions that are pinned."""

import json
from pathlib import Path

from tests import interop

HERE = Path(__file__).parent


def test_every_npm_package_is_there_in_its_pinned_version() -> None:
    pinned = json.loads((HERE / "package.json").read_text())["dependencies"]
    assert interop.node(HERE / "versions.mjs", list(pinned)) == pinned


def test_the_npm_lock_pins_with_hashes_and_names_no_registry() -> None:
    packages = json.loads((HERE / "package-lock.json").read_text())["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert len(installed) > 100
    assert [
        name for name, package in installed.items() if not package["integrity"].startswith("sha512-")
    ] == []
    assert [name for name, package in installed.items() if "resolved" in package] == []
