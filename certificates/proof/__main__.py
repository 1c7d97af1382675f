"""`python -m certificates.proof verify …`: check certificates without a network.

Exit codes, permanent; of several certificates the gravest counts, in the order 1, 2, 3, 0:
  0   genuine and in force
  1   not shown to be genuine
  2   genuine, but suspended, withdrawn or replaced
  3   genuine with its status unknown, or only the registry can tell (`reason` registry_needed)
  64  wrong use: bad arguments, unreadable or bad trust bundle, a file without any QR code
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

from . import base64url, scan
from .answer import REASONS, Answer, Kind, answer
from .codes import format_code
from .errors import CODES, KeyBundleError, ProofError, ScanError
from .fragment import parse_url
from .keys import BEIJING
from .status_token import pick
from .trust import TrustBundle
from .verify import verify_url

EXIT_CODES = {
    Kind.IN_FORCE: 0,
    Kind.NOT_GENUINE: 1,
    Kind.SUSPENDED: 2,
    Kind.WITHDRAWN: 2,
    Kind.REPLACED: 2,
    Kind.STATUS_UNKNOWN: 3,
    Kind.CANNOT_TELL: 3,
}
GRAVEST_FIRST = (1, 2, 3, 0)
EXIT_USAGE = 64
SENTENCES = {
    Kind.IN_FORCE: "Genuine and in force",
    Kind.SUSPENDED: "Genuine, but suspended",
    Kind.WITHDRAWN: "Genuine, but withdrawn",
    Kind.REPLACED: "Genuine, but replaced by a later certificate",
    Kind.STATUS_UNKNOWN: "Genuine; status not known",
    Kind.NOT_GENUINE: "Not shown to be genuine",
    Kind.CANNOT_TELL: "Signed with a key that was closed later; only the registry can tell whether this is genuine",
}
MAX_TEXT = 2**20


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(EXIT_USAGE, f"{self.prog}: {message}\n")


class _WrongUse(Exception):
    """What the user must change, in a sentence."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command and give its exit code."""
    options = _parser().parse_args(_joined(sys.argv[1:] if arguments is None else arguments))
    try:
        at = _moment(options.at)
        bundle = _bundle(options.trust, options.pin)
        tokens = [_read_file(path, "the status list") for path in options.status]
        addresses = list(_addresses(options.what))
    except _WrongUse as error:
        print(error, file=sys.stderr)
        return EXIT_USAGE
    codes = set()
    for address in addresses:
        found = judge(address, bundle, tokens, at)
        _print(told(found), as_json=options.json)
        codes.add(EXIT_CODES[found.kind])
    return next(code for code in GRAVEST_FIRST if code in codes)


def _joined(arguments: list[str]) -> list[str]:
    """One thumbprint in 64 begins with a dash, which argparse would take for an option: "--pin" "-x" is "--pin=-x"."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--pin" and not argument.startswith("--"):
            joined[-1] = f"--pin={argument}"
        else:
            joined.append(argument)
    return joined


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m certificates.proof", description="Check certificates without a network.")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("verify", help="check a certificate, or all in a file")
    command.add_argument(
        "what",
        help="HTTPS://HOST/C/CODE#FRAGMENT or CODE#FRAGMENT; a file with such lines; a photo or PDF with QR codes, "
        f"of a PDF the first {scan.MAX_PAGES} pages; - reads any of these from standard input",
    )
    command.add_argument("--trust", required=True, type=Path, help="the trust bundle, signed or plain")
    command.add_argument(
        "--pin",
        action="append",
        default=[],
        metavar="THUMBPRINT",
        help="take the bundle only if this service key signed it (RFC 7638 SHA-256, base64url); may be repeated",
    )
    command.add_argument(
        "--status",
        action="append",
        default=[],
        type=Path,
        metavar="LIST",
        help="a status list, JWT or CWT; may be repeated",
    )
    command.add_argument("--at", help="judge as if it were this moment (ISO 8601 with an offset)")
    command.add_argument("--json", action="store_true", help="one JSON object a line for each certificate")
    return parser


def _moment(text: str | None) -> datetime:
    if text is None:
        return datetime.fromtimestamp(time.time(), UTC)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise _WrongUse("--at: expected a moment with its offset, like 2026-11-22T12:00:00+08:00")
    return at


def _bundle(path: Path, pins: list[str]) -> TrustBundle:
    try:
        thumbprints = [base64url.decode(pin) for pin in pins]
    except ValueError:
        thumbprints = [b""]
    if any(len(thumbprint) != 32 for thumbprint in thumbprints):
        raise _WrongUse("--pin: expected the 43 characters of a SHA-256 thumbprint in base64url")
    try:
        return TrustBundle.from_json(_read_file(path, "the trust bundle"), pins=thumbprints)
    except KeyBundleError as error:
        raise _WrongUse(f"Cannot use the trust bundle: {error} ({error.code})") from error


def _read_file(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(scan.MAX_BYTES + 1)
    except OSError as error:
        raise _WrongUse(f"Cannot read {name}: {error.strerror}") from error


def _addresses(what: str) -> Iterator[str]:
    """The addresses in an argument, a file or standard input. At least one, or _WrongUse."""
    if what == "-":
        data = sys.stdin.buffer.read(scan.MAX_BYTES + 1)
    elif "#" not in what and _is_file(what):
        data = _read_file(Path(what), "the file")
    else:
        yield what
        return
    text = _text(data)
    lines = _scanned(data) if text is None else [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise _WrongUse("There is no certificate's address and no QR code in this file.")
    yield from lines


def _is_file(what: str) -> bool:
    try:
        return Path(what).is_file()
    except (OSError, ValueError):  # a text too long or too odd for a file's name
        return False


def _text(data: bytes) -> str | None:
    """The text in a file that is one; None for a picture or PDF."""
    if len(data) > MAX_TEXT or data.startswith(b"%PDF"):
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _scanned(data: bytes) -> list[str]:
    """The certificate addresses among the file's QR codes; where there are none, whatever the codes say."""
    try:
        texts = scan.read(data)
    except ScanError as error:
        raise _WrongUse(f"Cannot look for a QR code: {error} ({error.code})") from error
    return [text for text in texts if _is_address(text)] or texts


def _is_address(text: str) -> bool:
    try:
        parse_url(text)
    except ProofError as error:
        return error.code != "url_shape"
    return True


def judge(address: str, bundle: TrustBundle, tokens: list[bytes], at: datetime) -> Answer:
    """The answer for one address, whatever text that is."""
    try:
        verified = verify_url(address, bundle)
    except ProofError as error:
        return answer(error, bundle=bundle, status=None, at=at)
    uri = bundle.status_uri(verified.claims.status_index)
    return answer(verified, bundle=bundle, status=pick(tokens, bundle, uri=uri, at=at), at=at)


def told(found: Answer) -> dict[str, Any]:
    """The answer as a person and a program read it; keys are permanent."""
    facts: dict[str, Any] = {
        "answer": SENTENCES[found.kind],
        "kind": found.kind.value,
        "genuine": found.genuine,
    }
    if found.reason is not None:
        facts |= {"reason": found.reason, "because": CODES.get(found.reason) or REASONS[found.reason]}
    if found.step is not None:
        facts["step"] = found.step
    if found.verified is not None:
        claims = found.verified.claims
        facts |= {
            "certificate": format_code(found.verified.code),
            "name": claims.name,
            "skill": claims.skill,
            "level": claims.level,
            "hours": claims.hours,
            "issued on": claims.issued_on.isoformat(),
            "base": claims.base,
            "status index": claims.status_index,
            "signed by": found.verified.owner,
        }
    if found.status is not None and found.status_at is not None and found.status_age is not None:
        facts |= {
            "status": found.status.name.lower(),
            "status as of": _clock(found.status_at),
            "status age": _age(found.status_age),
        }
    return facts | {"keys as of": _clock(found.bundle_at), "keys age": _age(found.bundle_age)}


def _clock(at: datetime) -> str:
    return at.astimezone(BEIJING).isoformat()


def _age(age: timedelta) -> str:
    hours, rest = divmod(int(age.total_seconds()), 3600)
    return f"{hours // 24} d {hours % 24} h {rest // 60} min"


def _print(facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        named = {key.replace(" ", "_"): value for key, value in facts.items()}
        print(json.dumps(named, ensure_ascii=False))
        return
    print(f"{facts['answer']}.")
    for key, value in facts.items():
        if key not in ("answer", "kind", "genuine"):
            print(f"  {key}: {value}")


if __name__ == "__main__":
    sys.exit(main())
