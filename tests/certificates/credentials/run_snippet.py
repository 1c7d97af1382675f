"""Runs a piece of Python as somebody with openbadgeslib would; in .venv-interop, and without a network.

Standard input: {"code": …, "files": {name: text}, "pages": {address: text}}. Standard output: {"said": …}, what the code
printed, or the verifier's refusal.
"""

import contextlib
import io
import json
import os
import sys
import tempfile
from typing import Any

from openbadgeslib.ob3 import OB3VerificationError, did, status


def main() -> None:
    question: dict[str, Any] = json.load(sys.stdin)
    did.download_file = status.download_file = lambda address, *_args, **_more: question["pages"][
        address
    ].encode()
    printed = io.StringIO()
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        contextlib.redirect_stdout(printed),
    ):
        for name, text in question["files"].items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        try:
            exec(question["code"], {})
        except OB3VerificationError as error:
            print(error)
    json.dump({"said": printed.getvalue().strip()}, sys.stdout)


main()
