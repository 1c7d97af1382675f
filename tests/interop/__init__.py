"""Decoders and verifiers that we did not write: what they say about our output, asked in their own environment.

`make test` installs them into .venv-interop: Python packages from requirements-interop.txt, Node among them,
and the npm packages of `package.json` beside this file. Nothing of them is imported by the project itself.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / ".venv-interop"
_RESOLVE = Path(__file__).with_name("resolve.mjs")


def node(script: Path, question: Any, *, seconds: int = 120) -> Any:
    """What an .mjs script answers: `question` goes in as JSON on standard input, JSON comes back.

    The script imports npm packages by their names. Skips the test when they are not installed, fails it in CI
    and when the script fails.
    """
    command = [PLACE / "bin" / "node", "--no-warnings", "--import", _RESOLVE.as_uri(), script]
    return _ask(command, question, seconds, needs=PLACE / "npm" / "node_modules")


def python(script: Path, question: Any, *, seconds: int = 120) -> Any:
    """What a Python script answers that runs with the packages of requirements-interop.txt; see `node`."""
    return _ask([PLACE / "bin" / "python", script], question, seconds, needs=PLACE / "stamp")


def require(installed: Path) -> None:
    """Skip the test without this part of the environment; in CI its absence is a failure."""
    if not installed.exists():
        message = f"No {installed.relative_to(ROOT)}: run make .venv-interop/stamp"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


def _ask(command: list[Any], question: Any, seconds: int, *, needs: Path) -> Any:
    require(needs)
    done = subprocess.run(
        command,
        input=json.dumps(question),
        capture_output=True,
        text=True,
        timeout=seconds,
        env={**os.environ, "TWOSKILLS_INTEROP": str(PLACE / "npm")},
    )
    if done.returncode:
        pytest.fail(f"{command[-1]} ended with {done.returncode}:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout)
