"""`docs/certificate-format.md` says what the program does: example and error codes are the program's own."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from certificates.proof import __main__ as command
from certificates.proof import base64url, codes, cose
from certificates.proof.answer import REASONS, Kind
from certificates.proof.errors import CODES

PAGE = Path(__file__).parents[3] / "docs" / "certificate-format.md"


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def example(vectors: Any) -> Any:
    return next(vector for vector in vectors if vector.name == "valid_three_hanzi")


def block(page: str, name: str) -> str:
    found = re.search(rf"^```{name}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert found, name
    return found[1]


def hexadecimal(text: str) -> bytes:
    """The bytes at the start of each line, without the remarks after two or more spaces."""
    return bytes.fromhex("".join(re.split(r" {2,}", line.strip())[0] for line in text.splitlines()))


def test_the_example_is_the_vector(page: str, example: Any) -> None:
    assert block(page, "code").strip() == example.code
    assert block(page, "fragment").strip() == example.fragment
    assert hexadecimal(block(page, "envelope")).hex() == example.content["cose_hex"]


def test_the_examples_signed_bytes_and_key_are_the_vectors(page: str, example: Any) -> None:
    envelope = cose.parse(bytes.fromhex(example.content["cose_hex"]))
    signed = cose.to_be_signed(protected=envelope.protected, payload=envelope.payload, code=example.code)
    assert hexadecimal(block(page, "signed")) == signed
    key = json.loads(example.bundle_text)["keys"][0]
    assert block(page, "key").split() == [key["x"], key["y"]]
    assert f"`{envelope.kid.hex()}` is `{key['kid']}`" in page


def test_the_page_lists_every_error_code_and_no_other(page: str) -> None:
    table = page.split("## 10. Error codes")[1].split("Reasons beside these")[0]
    assert set(re.findall(r"`([a-z0-9_]+)`", table)) == set(CODES)


def test_the_pages_number_is_a_number(page: str) -> None:
    number = codes.make_number(region_code="6205", year=2024, base_serial=17, sequence=342)
    assert f"`{codes.format_number(number)}`" in page


def test_the_page_lists_every_answer_and_reason(page: str) -> None:
    table = page.split("## 9. The answers")[1].split("## 10.")[0]
    assert set(re.findall(r"^\| `([a-z_]+)` \|", table, re.MULTILINE)) == {kind.value for kind in Kind}
    reasons = page.split("Reasons beside these")[1].split("The command checks")[0]
    assert set(REASONS) <= set(re.findall(r"`([a-z_]+)`", reasons))


def test_the_page_says_the_commands_exit_codes(page: str) -> None:
    codes = {
        int(code) for code in re.findall(r"^\| ([0-9]+) \|", page.split("It exits with")[1], re.MULTILINE)
    }
    assert codes == {*command.EXIT_CODES.values(), command.EXIT_USAGE}


def test_the_pages_command_runs(page: str, example: Any, vectors_folder: Path, capsys: Any) -> None:
    words = block(page, "command").split()
    assert words[:4] == ["python", "-m", "certificates.proof", "verify"]
    options = set(re.findall(r"--[a-z]+", block(page, "command")))
    status = json.loads((vectors_folder / "status" / "in_force.json").read_text("utf-8"))
    given = {
        "--trust": str(vectors_folder / "bundles" / "registry.json"),
        "--at": "2024-07-01T04:00:00Z",
    }
    arguments = [part for option, value in given.items() for part in (option, value)]
    address = f"{status['code']}#{status['fragment']}"
    assert command.main(["verify", address, *arguments]) == 3
    assert {*given, "--pin", "--status", "--json"} == options
    assert "李明月" in capsys.readouterr().out


def test_the_status_example_is_the_vector(page: str, registry: Any, vectors_folder: Path) -> None:
    status = json.loads((vectors_folder / "status" / "in_force.json").read_text("utf-8"))
    header = base64url.decode(status["jwt"].split(".")[0]).decode()
    assert block(page, "header").strip() == header
    assert block(page, "pin").strip() == base64url.encode(registry.bundle.keys[1].thumbprint)
    assert (status["expect"]["kind"], status["now"]) == ("in_force", 1_719_806_400)
