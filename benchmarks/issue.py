"""Signing, verifying and finished certificates a second, beside peers in the same run.

    python benchmarks/issue.py [rounds]

Needs the peers of `make .venv-interop/stamp`; takes about a minute a round. All sign the same certificate, in turn, and
the best of the rounds counts: what else the machine does only makes a figure smaller. Signing and verifying are given
for a second of one core (processor time); finished certificates (finished.py) for a second on the clock, with two
processes, on SQLite and on PostgreSQL from PyPI. Prints the tables and writes them to results/issue.md.
"""

import json
import os
import platform
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import strftime
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cryptography.hazmat.primitives.asymmetric import ec, ed25519  # noqa: E402

from benchmarks.peers.rates import per_second  # noqa: E402
from certificates.credentials import data_integrity, open_badge, vc_jwt  # noqa: E402
from certificates.proof import codes, fragment  # noqa: E402
from certificates.proof.claims import Claims  # noqa: E402
from certificates.proof.keys import PublicKey  # noqa: E402
from certificates.proof.sign import LocalSigner, sign  # noqa: E402
from certificates.proof.trust import TrustBundle  # noqa: E402
from certificates.proof.verify import verify  # noqa: E402
from tests import interop  # noqa: E402
from tests.certificates.credentials.samples import AWARD, DID, SITE  # noqa: E402

SECONDS = 1.0
PEERS = Path(__file__).with_name("peers")
RESULTS = Path(__file__).with_name("results")
CODE = codes.new_code(secrets.token_bytes)
CLAIMS = Claims(
    name=AWARD.holder_name,
    skill=AWARD.skill_number,
    level=5,
    hours=AWARD.hours,
    issued_on=AWARD.issued_on,
    base=17,
    status_index=AWARD.status_place,
)
BADGE = open_badge.credential(AWARD, did=DID, site=SITE, named=True)

Row = dict[str, Any]


def main(rounds: int) -> None:
    if not (interop.PLACE / "stamp").exists():
        sys.exit("The peers are not installed: run make .venv-interop/stamp")
    signing: dict[tuple[str, str], Row] = {}
    finished: dict[str, dict[str, Row]] = {}
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}: load {os.getloadavg()[0]:.1f}", flush=True)
        for row in [*ours(), *peers()]:
            keep_best(signing.setdefault((row["who"], row["form"]), row), row)
        for told in (on_sqlite(), on_postgresql()):
            for what, rates in told["rates"].items():
                keep_best(finished.setdefault(told["database"], {}).setdefault(what, rates), rates)
    report = "\n".join(
        [*heading(rounds), *signing_table(list(signing.values())), "", *finished_table(finished)]
    )
    print(report)
    (RESULTS / "issue.md").write_text(report + "\n", "utf-8")


def keep_best(held: Row, row: Row) -> None:
    for key in {"sign", "verify", "second", "core"} & row.keys():
        held[key] = max(held[key], row[key])


def ours() -> list[Row]:
    secret = ec.generate_private_key(ec.SECP256R1())
    signer = LocalSigner(secret)
    key = PublicKey.of(secret.public_key(), owner=AWARD.issuer_name, not_before=date(2022, 1, 1))
    bundle = TrustBundle(as_of=AWARD.issued_on, keys=(key,))
    linking: Any = ed25519.Ed25519PrivateKey.generate()
    method = f"{DID}#key"
    signed = fragment.to_digits(sign(CLAIMS, code=CODE, signer=signer))
    assert verify(CODE, signed, bundle).claims == CLAIMS
    rows: list[tuple[str, Callable[[], Any], Callable[[], Any] | None]] = [
        (
            "QR of a certificate: COSE_Sign1, ES256",
            lambda: fragment.to_digits(sign(CLAIMS, code=CODE, signer=signer)),
            lambda: verify(CODE, signed, bundle),
        ),
        ("OB3 JWT, ES256", lambda: vc_jwt.sign(BADGE, method=method, signer=signer), None),
        (
            "OB3 Data Integrity, Ed25519",
            lambda: json.dumps(
                data_integrity.with_proof(BADGE, method=method, signer=linking), ensure_ascii=False
            ),
            None,
        ),
    ]
    return [
        {
            "who": "TwoSkills",
            "form": form,
            "bytes": len(fragment.to_bytes(make()) if reading else make().encode()),
            "sign": per_second(make, SECONDS),
            "verify": per_second(reading, SECONDS) if reading else 0.0,
        }
        for form, make, reading in rows
    ]


def peers() -> list[Row]:
    question = {"claims": {"code": CODE, "map": CLAIMS.to_map()}, "badge": BADGE, "seconds": SECONDS}
    return [
        *interop.python(PEERS / "in_python.py", question),
        *interop.node(PEERS / "in_node.mjs", question),
    ]


def on_sqlite() -> Row:
    with tempfile.TemporaryDirectory(prefix="twoskills-benchmark-") as var:
        return run([], var, DATABASE_URL=f"sqlite:///{var}/benchmark.sqlite3")


def on_postgresql() -> Row:
    with tempfile.TemporaryDirectory(prefix="twoskills-benchmark-") as var:
        return run(["-m", "tests.postgres", sys.executable], var)


def run(before: list[str], var: str, **environment: str) -> Row:
    """finished.py in a process, with a folder of its own for keys and data."""
    done = subprocess.run(
        [sys.executable, *before, str(Path(__file__).with_name("finished.py"))],
        env={**os.environ, "TWOSKILLS_ENV": "development", "TWOSKILLS_VAR": var, **environment},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def heading(rounds: int) -> list[str]:
    names = [line.partition(":")[2].strip() for line in cpu_lines() if line.startswith("model name")]
    where = f"{os.cpu_count()} cores, {names[0] if names else platform.machine()}, Python {platform.python_version()}"
    return [
        "# Issuing and verifying, beside peers",
        "",
        f"`python benchmarks/issue.py {rounds}` on {strftime('%Y-%m-%d')}: {where}; the best of {rounds} rounds.",
        f"Load average {os.getloadavg()[1]:.1f}: above 2, other work ran beside it.",
        "",
    ]


def cpu_lines() -> list[str]:
    try:
        return Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return []


def signing_table(rows: list[Row]) -> list[str]:
    """The ratio is that of the signature in our QR to theirs: above 1 where ours is faster."""
    our = rows[0]
    lines = [
        "The same certificate, signed and verified: operations in a second of one core; how many times as fast ours is.",
        "",
        "| | form | bytes | sign | ratio | verify | ratio |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        verified = f"{row['verify']:,.0f} | {our['verify'] / row['verify']:.1f}" if row["verify"] else "– | "
        lines.append(
            f"| {row['who']} | {row['form']} | {row['bytes']:,} | {row['sign']:,.0f} |"
            f" {our['sign'] / row['sign']:.1f} | {verified} |"
        )
    return [*lines, "", *NOTES]


NOTES = [
    "TwoSkills verifies more than a signature: the strict form of every byte, the seven claims in range, the code that is",
    "signed but not carried, and the key's window on the day of issue. `cwt` and `@auth0/cose` check the signature and read",
    "the map. Claim 169 is one call into Rust. We sign Open Badges and leave verifying them to others.",
    "`@pathcheck/dcc-sdk` 0.0.27, the usual library for EU health certificates, is not here: it fails while loading on Node",
    "20 and later, and is GPL. Its form, COSE_Sign1 with ES256, is what `cwt` and `@auth0/cose` measure.",
]


def finished_table(finished: dict[str, dict[str, Row]]) -> list[str]:
    return [
        "Finished certificates, issued by two processes in batches: on the clock, and in a second of one core of our own",
        "processes (the database server's share is only in the first).",
        "",
        "| database | what is finished | a second | a second of a core |",
        "|---|---|--:|--:|",
        *(
            f"| {database} | {what} | {rates['second']:,.0f} | {rates['core']:,.0f} |"
            for database, kinds in finished.items()
            for what, rates in kinds.items()
        ),
    ]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
