"""`python -m certificates.proof verify`: run as a stranger runs it, in a process without Django."""

import io
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from certificates.proof import __main__ as command
from certificates.proof import base64url
from certificates.proof.fragment import to_digits, url
from certificates.proof.sign import sign
from certificates.proof.status import Status
from certificates.proof.trust import sign_bundle

ROOT = Path(command.__file__).parents[2]


def run(*arguments: str, data: bytes = b"") -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "certificates.proof", *arguments],
        cwd=ROOT,
        input=data,
        capture_output=True,
        timeout=60,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class Desk:
    """A folder with a registry's files, and the command asked about them."""

    def __init__(self, folder: Path, registry: Any, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.registry, self.capsys = folder, registry, capsys
        self.bundle = self.write("bundle.json", sign_bundle(registry.bundle, [registry.service]))

    def write(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def ask(self, what: str, *options: str, trust: str = "", later: timedelta = timedelta()) -> Any:
        """The exit code, and what was printed: one object for each certificate."""
        at = (self.registry.at + later).isoformat()
        arguments = ["verify", what, "--trust", trust or self.bundle, "--at", at, "--json", *options]
        exit_code = command.main(arguments)
        return exit_code, [json.loads(line) for line in self.capsys.readouterr().out.splitlines()]


@pytest.fixture
def desk(tmp_path: Path, registry: Any, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, registry, capsys)


@pytest.fixture(scope="module")
def address(maker: Any, claims: Any) -> str:
    data = sign(claims, code=maker.CODE, signer=maker.SIGNER)
    return url("https://cert.example.cn", maker.CODE, to_digits(data))


@pytest.fixture
def vector_trust(vectors: Any, vectors_folder: Path) -> Any:
    """A vector's address and the path of its bundle."""

    def find(name: str) -> tuple[str, str]:
        vector = next(vector for vector in vectors if vector.name == name)
        trust = vectors_folder / "bundles" / f"{vector.content['bundle']}.json"
        return f"{vector.code}#{vector.fragment}", str(trust)

    return find


def test_it_runs_by_itself_and_reads_standard_input(vector_trust: Any) -> None:
    what, trust = vector_trust("valid_extension_b")
    exit_code, output, errors = run("verify", "-", "--trust", trust, data=what.encode() + b"\n")
    assert exit_code == 3, errors
    assert output.startswith("Genuine; status not known.\n")
    assert "陈𠅤" in output
    assert "天水市残疾人联合会" in output
    assert "keys as of: 2024-07-01T00:00:00+08:00\n" in output


def test_checking_needs_no_packages_but_cbor2_and_cryptography() -> None:
    program = (
        "import sys; before = set(sys.modules); import certificates.proof.__main__; "
        "from importlib.metadata import packages_distributions as owners; known = owners(); "
        "names = {name.split('.')[0] for name in set(sys.modules) - before}; "
        "print(*{owner for name in names for owner in known.get(name, [])})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, timeout=60, capture_output=True, text=True
    )
    # The last two are what cryptography itself stands on.
    assert set(done.stdout.split()) <= {"cbor2", "cryptography", "cffi", "pycparser"}
    assert {"cbor2", "cryptography"} <= set(done.stdout.split())


@pytest.mark.parametrize(
    ("status", "exit_code", "kind"),
    [
        (Status.VALID, 0, "in_force"),
        (Status.SUSPENDED, 2, "suspended"),
        (Status.INVALID, 2, "withdrawn"),
        (Status.REPLACED, 2, "replaced"),
    ],
)
def test_a_status_list_of_today_gives_the_answer_in_full(
    desk: Desk, registry: Any, claims: Any, address: str, status: Status, exit_code: int, kind: str
) -> None:
    for name, token in (
        ("0.jwt", registry.token({claims.status_index: status})),
        ("0.cwt", registry.cwt({claims.status_index: status})),
    ):
        found, (answer,) = desk.ask(address, "--status", desk.write(name, token))
        assert (found, answer["kind"], answer["genuine"]) == (exit_code, kind, True)
        assert (answer["status"], answer["status_age"]) == (status.name.lower(), "0 d 1 h 0 min")
        assert (answer["name"], answer["keys_age"]) == ("李明月", "0 d 0 h 0 min")
        assert answer["keys_as_of"] == "2024-07-01T12:00:00+08:00"


def test_of_several_lists_the_right_one_is_found(
    desk: Desk, registry: Any, claims: Any, address: str
) -> None:
    other = desk.write("9", registry.token(uri="https://cert.example.cn/status/9"))
    mine = desk.write("0", registry.token({claims.status_index: Status.SUSPENDED}))
    assert desk.ask(address, "--status", other, "--status", mine)[0] == 2
    exit_code, (answer,) = desk.ask(address, "--status", other)
    assert (exit_code, answer["reason"]) == (3, "status_missing")


def test_nothing_is_in_force_without_a_status_of_today(desk: Desk, registry: Any, address: str) -> None:
    listed = desk.write("0.jwt", registry.token())
    broken = desk.write("x", b"garbage")
    for options, later, reason in (
        ([], timedelta(), "status_missing"),
        (["--status", broken], timedelta(), "jws_format"),
        (["--status", listed], timedelta(days=3), "status_expired"),
        (["--status", listed], timedelta(days=-3), "status_future"),
    ):
        exit_code, (answer,) = desk.ask(address, *options, later=later)
        assert (exit_code, answer["kind"], answer["reason"]) == (3, "status_unknown", reason)
        assert answer["genuine"] is True
        assert answer["because"]
    assert (
        desk.ask(address, "--status", listed, later=timedelta(days=3))[1][0]["status_age"] == "3 d 1 h 0 min"
    )


def test_not_genuine_says_why(desk: Desk, vector_trust: Any) -> None:
    what, trust = vector_trust("signature_for_other_code")
    exit_code, (answer,) = desk.ask(what, trust=trust)
    assert exit_code == 1
    assert (answer["genuine"], answer["step"], answer["reason"]) == (False, 5, "signature_wrong")
    assert "name" not in answer


def test_a_key_closed_later_is_not_called_genuine(desk: Desk, vector_trust: Any) -> None:
    what, trust = vector_trust("window_closed_later")
    exit_code, (answer,) = desk.ask(what, trust=trust)
    assert (exit_code, answer["kind"], answer["reason"]) == (3, "cannot_tell", "registry_needed")
    assert answer["genuine"] is None


def test_a_thumbprint_may_begin_with_a_dash(desk: Desk, address: str) -> None:
    dashed = base64url.encode(b"\xf8" + bytes(31))
    assert dashed.startswith("-")
    # Another service's, so the bundle is refused; argparse would have left with SystemExit.
    assert desk.ask(address, "--pin", dashed)[0] == 64


def test_only_a_pinned_bundle_is_trusted(desk: Desk, registry: Any, address: str, capsys: Any) -> None:
    right = base64url.encode(registry.bundle.keys[1].thumbprint)
    wrong = base64url.encode(registry.bundle.keys[0].thumbprint)
    assert desk.ask(address, "--pin", wrong, "--pin", right)[0] == 3
    assert desk.ask(address, "--pin", wrong)[0] == 64
    assert desk.ask(address, "--pin", "short")[0] == 64
    plain = desk.write("plain.json", registry.bundle.to_json())
    assert desk.ask(address, trust=plain)[0] == 3
    assert desk.ask(address, "--pin", right, trust=plain)[0] == 64


def picture(address: str, form: str) -> bytes:
    paper = Image.new("L", (1000, 1400), 255)
    paper.paste(
        Image.fromarray(zxingcpp.create_barcode(address, zxingcpp.QRCode).to_image(scale=5)), (300, 500)
    )
    target = io.BytesIO()
    paper.save(target, form)
    return target.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PDF"])
def test_a_photo_or_pdf_of_a_certificate_is_checked(desk: Desk, address: str, form: str) -> None:
    exit_code, (answer,) = desk.ask(desk.write(f"certificate.{form}", picture(address, form)))
    assert (exit_code, answer["name"]) == (3, "李明月")


def test_a_photo_comes_in_by_standard_input_too(vector_trust: Any) -> None:
    what, trust = vector_trust("valid_two_hanzi")
    exit_code, output, _ = run("verify", "-", "--trust", trust, data=picture(what, "PNG"))
    assert exit_code == 3
    assert "李明" in output


def test_a_code_that_is_no_certificates_is_not_genuine(desk: Desk) -> None:
    file = desk.write("other.png", picture("https://fake.example.cn/?id=1", "PNG"))
    exit_code, (answer,) = desk.ask(file)
    assert (exit_code, answer["reason"]) == (1, "url_shape")


def test_of_many_lines_the_gravest_answer_counts(
    desk: Desk, registry: Any, claims: Any, address: str
) -> None:
    file = desk.write("list.txt", f"{address}\r\n\n{address}0\n")
    exit_code, answers = desk.ask(file, "--status", desk.write("0.jwt", registry.token()))
    assert exit_code == 1
    assert [answer["kind"] for answer in answers] == ["in_force", "not_genuine"]


@pytest.mark.parametrize(
    "arguments",
    [[], ["verify"], ["verify", "x"], ["check", "x"], ["verify", "x", "--trust", "no-such-file.json"]],
)
def test_wrong_use_is_exit_64(arguments: list[str]) -> None:
    exit_code, _, errors = run(*arguments)
    assert exit_code == 64
    assert errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("content", [b"", b"\n \n", b"%PDF-1.7", bytes(100), b"\xff\xd8\xff\xe0"])
def test_a_file_without_a_code_is_exit_64_not_a_verdict(desk: Desk, content: bytes) -> None:
    assert desk.ask(desk.write("file", content))[0] == 64


def test_a_time_needs_its_offset(vector_trust: Any) -> None:
    what, trust = vector_trust("valid_two_hanzi")
    for at in ("tomorrow", "2026-11-22T12:00:00"):
        assert command.main(["verify", what, "--trust", trust, "--at", at]) == 64


def test_a_bad_bundle_is_exit_64_not_a_verdict(vectors_folder: Path) -> None:
    trust = str(vectors_folder / "bundles" / "bundle_off_curve.json")
    exit_code, _, errors = run("verify", "x", "--trust", trust)
    assert exit_code == 64
    assert "key_off_curve" in errors


@given(st.text(max_size=200))
@example("")
@example("x" * 5000)
@example("\0")
@example("C/#")
@example("é#１")
@example("\ud800#1")
def test_any_text_gets_a_verdict(registry: Any, what: str) -> None:
    found = command.judge(what, registry.bundle, [b"garbage"], registry.at)
    assert found.genuine is False
    assert command.told(found)["because"]
