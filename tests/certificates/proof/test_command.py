"""`python -m certificates.proof verify`: run as a stranger runs it, in a process without Django."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from certificates.proof import __main__ as command

ROOT = Path(command.__file__).parents[2]


def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "certificates.proof", *arguments],
        cwd=ROOT,
        input=text,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


@pytest.fixture
def ask(vectors: Any, vectors_folder: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Ask the command about a vector: its exit code and what it printed."""

    def ask(name: str, *options: str) -> tuple[int, str]:
        vector = next(vector for vector in vectors if vector.name == name)
        trust = vectors_folder / "bundles" / f"{vector.content['bundle']}.json"
        exit_code = command.main(
            ["verify", f"{vector.code}#{vector.fragment}", "--trust", str(trust), *options]
        )
        return exit_code, capsys.readouterr().out

    return ask


def test_it_runs_by_itself_and_reads_standard_input(vectors: Any, vectors_folder: Path) -> None:
    vector = next(vector for vector in vectors if vector.name == "valid_extension_b")
    address = f"HTTPS://CERT.EXAMPLE.CN/C/{vector.code}#{vector.fragment}\n"
    done = run("verify", "-", "--trust", str(vectors_folder / "bundles" / "bundle.json"), text=address)
    assert done.returncode == 3, done.stderr
    assert done.stdout.startswith("Genuine; status not checked.\n")
    assert "陈𠅤" in done.stdout
    assert "天水市残疾人联合会" in done.stdout


def test_it_needs_no_django() -> None:
    program = "import sys, certificates.proof.__main__; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=60).returncode == 0


def test_genuine_is_never_exit_zero_while_status_is_not_checked(ask: Any) -> None:
    exit_code, output = ask("valid_three_hanzi", "--json")
    assert exit_code == 3
    answer = json.loads(output)
    assert answer["genuine"] is True
    assert answer["answer"] == "Genuine; status not checked"
    assert answer["name"] == "李明月"
    assert answer["keys_as_of"] == "2024-07-01"


def test_not_genuine_says_why(ask: Any) -> None:
    exit_code, output = ask("signature_for_other_code", "--json")
    assert exit_code == 1
    answer = json.loads(output)
    assert (answer["genuine"], answer["step"], answer["code"]) == (False, 5, "signature_wrong")
    exit_code, output = ask("signature_for_other_code")
    assert output.startswith("Not shown to be genuine.\n")


def test_a_key_closed_later_is_not_called_genuine(ask: Any) -> None:
    exit_code, output = ask("window_closed_later", "--json")
    assert exit_code == 4
    assert json.loads(output)["genuine"] is None


@pytest.mark.parametrize(
    "arguments",
    [[], ["verify"], ["verify", "x"], ["check", "x"], ["verify", "x", "--trust", "no-such-file.json"]],
)
def test_wrong_use_is_exit_64(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 64
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_bad_bundle_is_exit_64_not_a_verdict(vectors_folder: Path) -> None:
    done = run("verify", "x", "--trust", str(vectors_folder / "bundles" / "bundle_off_curve.json"))
    assert done.returncode == 64
    assert "key_off_curve" in done.stderr
