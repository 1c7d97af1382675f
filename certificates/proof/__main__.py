"""`python -m certificates.proof verify <address> --trust bundle.json`: check a certificate without a network.

Exit codes, permanent:
  0   reserved for "genuine and in force": never given yet, as status is not checked
  1   not shown to be genuine
  3   genuine, status not checked
  4   signed, but with a key that was closed on a later day: only the registry's record can tell
  64  wrong use: bad arguments, unreadable or bad trust bundle
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from .codes import format_code
from .errors import KeyBundleError, ProofError
from .trust import TrustBundle
from .verify import Verified, verify_url

EXIT_NOT_GENUINE = 1
EXIT_STATUS_NOT_CHECKED = 3
EXIT_REGISTRY_NEEDED = 4
EXIT_USAGE = 64


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(EXIT_USAGE, f"{self.prog}: {message}\n")


def main(arguments: list[str] | None = None) -> int:
    """Run the command and give its exit code."""
    parser = _Parser(
        prog="python -m certificates.proof",
        description="Check a certificate without a network.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("verify", help="check one certificate")
    command.add_argument(
        "address",
        help="HTTPS://HOST/C/CODE#FRAGMENT, or CODE#FRAGMENT; - reads it from standard input",
    )
    command.add_argument("--trust", required=True, type=Path, help="the trust bundle (JSON)")
    command.add_argument("--json", action="store_true", help="answer in JSON")
    options = parser.parse_args(arguments)
    try:
        bundle = TrustBundle.from_json(options.trust.read_bytes())
    except OSError as error:
        print(f"Cannot read the trust bundle: {error.strerror}", file=sys.stderr)
        return EXIT_USAGE
    except KeyBundleError as error:
        print(f"Cannot use the trust bundle: {error} ({error.code})", file=sys.stderr)
        return EXIT_USAGE
    address = sys.stdin.read(4096) if options.address == "-" else options.address
    try:
        verified = verify_url(address, bundle)
    except ProofError as error:
        _print(_refused(error, bundle), as_json=options.json)
        return EXIT_NOT_GENUINE
    _print(_confirmed(verified), as_json=options.json)
    return EXIT_REGISTRY_NEEDED if verified.registry_needed else EXIT_STATUS_NOT_CHECKED


def _refused(error: ProofError, bundle: TrustBundle) -> dict[str, Any]:
    return {
        "answer": "Not shown to be genuine",
        "genuine": False,
        "reason": str(error),
        "step": error.step,
        "code": error.code,
        "keys as of": bundle.as_of.isoformat(),
    }


def _confirmed(verified: Verified) -> dict[str, Any]:
    claims = verified.claims
    genuine = None if verified.registry_needed else True
    answer = (
        "Signed with a key that was closed later; only the registry can tell whether this is genuine"
        if verified.registry_needed
        else "Genuine; status not checked"
    )
    return {
        "answer": answer,
        "genuine": genuine,
        "certificate": format_code(verified.code),
        "name": claims.name,
        "skill": claims.skill,
        "level": claims.level,
        "hours": claims.hours,
        "issued on": claims.issued_on.isoformat(),
        "base": claims.base,
        "status index": claims.status_index,
        "signed by": verified.owner,
        "keys as of": verified.bundle_as_of.isoformat(),
    }


def _print(answer: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(
            json.dumps(
                {key.replace(" ", "_"): value for key, value in answer.items()},
                ensure_ascii=False,
            )
        )
        return
    print(f"{answer['answer']}.")
    for key, value in answer.items():
        if key not in ("answer", "genuine"):
            print(f"  {key}: {value}")


if __name__ == "__main__":
    sys.exit(main())
